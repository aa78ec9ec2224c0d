package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Outcome;
import dev.whence.testkit.TestWorker;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers of the service-worker format: workers-semantics.md, 11.2, 11.6 to 11.8. */
class ServiceWorkerHandlersTest {
  private static TestWorker listening(String statements) {
    return TestWorker.of("addEventListener('fetch', (event) => { " + statements + " });")
        .date("2025-01-01")
        .start();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.respondWith(new Response('r'));",
        "event.respondWith(Promise.resolve(new Response('r')));",
        "event.respondWith((async () => { await fetch('http://up.test/echo');"
            + " return new Response('r'); })());",
      })
  @DisplayName("11.6 respondWith takes a Response or a promise of one")
  void answersWithAResponse(String statements) {
    try (TestWorker worker = listening(statements)) {
      Check.answered(worker.get("/"), "r");
      Check.ok(worker.trace("/"));
    }
  }

  @Test
  @DisplayName("11.6 anything else is a TypeError thrown at the call")
  void refusesWhatIsNoResponse() {
    try (TestWorker worker =
        listening(
            """
            let text;
            try { event.respondWith('text'); } catch (error) { text = `${error.name}: ${error.message}`; }
            event.respondWith(new Response(text));
            """)) {
      Check.answered(
          worker.get("/"),
          "TypeError: Failed to execute 'respondWith' on 'FetchEvent': parameter 1 is not of type"
              + " 'Promise'.");
    }
  }

  @Test
  @DisplayName("11.6 a second call is an InvalidStateError; the first answer counts")
  void refusesASecondAnswer() {
    try (TestWorker worker =
        listening(
            """
            event.respondWith((async () => new Response(text))());
            let text;
            try { event.respondWith(new Response('second')); }
            catch (error) { text = `${error.name}: ${error.message}`; }
            event.respondWith;
            """
                .replace(
                    "(async () => new Response(text))()",
                    "Promise.resolve().then(() => new Response(text))"))) {
      Check.answered(
          worker.get("/"),
          "InvalidStateError: FetchEvent.respondWith() has already been called; it can only be"
              + " called once.");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new Error('x');",
        "event.respondWith(new Response('good')); throw new Error('x');",
        "event.respondWith(Promise.reject(new Error('x')));",
      })
  @DisplayName("11.2, 11.6 a throw fails the request, also after a good respondWith")
  void failsWhenAListenerThrows(String statements) {
    try (TestWorker worker = listening(statements)) {
      Check.failed(worker.get("/"), "Error: x");
      assertThat(worker.trace("/").outcome()).isEqualTo(Outcome.EXCEPTION);
      assertThat(Check.exceptions(worker.trace("/"))).containsExactly("Error: x");
    }
  }

  @Test
  @DisplayName("2.1 a respondWith that nothing settles is a hang")
  void endsAnAnswerThatNeverComes() {
    try (TestWorker worker = listening("event.respondWith(new Promise(() => {}));")) {
      Check.ended(worker.get("/"), worker.trace("/"), Texts.HANG);
    }
  }

  @Test
  @DisplayName("11.7 nobody calls respondWith: the request is forwarded unchanged")
  void forwardsWhenNobodyAnswers() {
    try (TestWorker worker = listening("console.log('seen');")) {
      Check.answered(worker.post("/delay/0", "the body"), "POST /delay/0 the body");

      Check.ok(worker.trace("/delay/0"));
      assertThat(Check.logs(worker.trace("/delay/0"))).containsExactly("[\"seen\"]");
    }
  }

  @Test
  @DisplayName("11.6 a call that comes late, even from a microtask, is ignored")
  void ignoresALateAnswer() {
    try (TestWorker worker =
        listening("Promise.resolve().then(() => event.respondWith(new Response('late')));")) {
      Check.answered(worker.get("/delay/0"), "GET /delay/0 ");
    }
  }

  @Test
  @DisplayName("11.7 a body that was read cannot be forwarded")
  void failsWhenTheBodyWasRead() {
    try (TestWorker worker = listening("event.request.text();")) {
      Check.failed(
          worker.post("/delay/0", "the body"),
          "Error: Script consumed request body but didn't call respondWith(). Can't forward"
              + " request.");
    }
  }

  @Test
  @DisplayName("11.7 tasks of a listener that did not answer: cancelled, with a warning")
  void warnsOfTasksWithoutAnAnswer() {
    try (TestWorker worker = listening("setTimeout(() => console.log('ran'), 1);")) {
      Check.answered(worker.get("/delay/5"), "GET /delay/5 ");

      assertThat(worker.trace("/delay/5").logs())
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.level()).isEqualTo("warn");
                assertThat(line.messageJson())
                    .startsWith(
                        "[\"FetchEvent handler did not call respondWith() before returning, but"
                            + " initiated some asynchronous task.");
              });
    }
  }

  @Test
  @DisplayName("11.7 preventDefault without respondWith closes the connection without an answer")
  void closesTheConnectionAfterPreventDefault() {
    try (TestWorker worker = listening("event.preventDefault();")) {
      assertThat(worker.get("/delay/0").answer().cut()).isTrue();
      assertThat(worker.upstream().requests()).isEmpty();
    }
  }

  @Test
  @DisplayName("11.8 passThroughOnException forwards the original request")
  void forwardsAFailedRequest() {
    try (TestWorker worker =
        listening("event.passThroughOnException(); event.respondWith(new Promise(() => {}));")) {
      Check.answered(worker.get("/delay/0"), "GET /delay/0 ");
      assertThat(worker.trace("/delay/0").outcome()).isEqualTo(Outcome.EXCEPTION);
      assertThat(Check.exceptions(worker.trace("/delay/0")))
          .containsExactly("Error: " + Texts.HANG);
    }
  }

  @Test
  @DisplayName("11.11 a scheduled listener with waitUntil")
  void runsScheduledEvents() {
    try (TestWorker worker =
        TestWorker.of(
                """
                addEventListener('scheduled', (event) => {
                  if (event.cron === 'throws') throw new Error('x');
                  event.waitUntil((async () => {
                    await new Promise((done) => setTimeout(done, 1));
                    console.log(event.cron, event.scheduledTime);
                  })());
                });
                """)
            .start()) {
      assertThat(worker.scheduled("fine", Instant.ofEpochMilli(1000)).join()).isEqualTo(Outcome.OK);
      assertThat(worker.scheduled("throws", Instant.EPOCH).join()).isEqualTo(Outcome.EXCEPTION);

      assertThat(Check.logs(worker.traces(2).get(0))).containsExactly("[\"fine\",1000]");
    }
  }
}
