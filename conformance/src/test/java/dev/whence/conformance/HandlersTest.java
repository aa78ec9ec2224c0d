package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.WorkerStartException;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers of a module: workers-semantics.md, section 11. */
class HandlersTest {
  /** A worker whose requests {@code /0}, {@code /1}, … run those bodies of an async function. */
  private static TestWorker running(List<String> bodies) {
    StringBuilder handlers = new StringBuilder();
    for (String body : bodies) {
      handlers.append("(request, env, ctx) => { ").append(body).append(" },\n");
    }
    return TestWorker.of(
            """
            const handlers = [%s];
            export default { fetch(request, env, ctx) {
              return handlers[new URL(request.url).pathname.slice(1)](request, env, ctx);
            } };
            """
                .formatted(handlers))
        .date("2025-01-01")
        .start();
  }

  private static void checkFailures(List<String> bodies, String error) {
    try (TestWorker worker = running(bodies)) {
      for (int i = 0; i < bodies.size(); i++) {
        String path = "/" + i;
        TestClient client = worker.get(path);

        assertThat(client.answer().text()).as(bodies.get(i)).isEqualTo(error + "\n");
        Check.failed(client, error);
        assertThat(worker.trace(path).outcome()).isEqualTo(Outcome.EXCEPTION);
        assertThat(Check.exceptions(worker.trace(path))).containsExactly(error);
      }
    }
  }

  @Test
  @DisplayName("11.1 the result may be a Response or a promise of one")
  void answersWithAResponse() {
    List<String> bodies =
        List.of(
            "return new Response('r');",
            "return Promise.resolve(new Response('r'));",
            "return (async () => new Response('r'))();",
            "return { then(done) { done(new Response('r')); } };",
            "return new (class extends Response {})('r');");
    try (TestWorker worker = running(bodies)) {
      for (int i = 0; i < bodies.size(); i++) {
        Check.answered(worker.get("/" + i), "r");
        Check.ok(worker.trace("/" + i));
      }
    }
  }

  @Test
  @DisplayName("11.1 anything else is a TypeError and 500")
  void refusesWhatIsNoResponse() {
    checkFailures(
        List.of(
            "return undefined;",
            "return null;",
            "return 'text';",
            "return 7;",
            "return {};",
            "return { __proto__: Response.prototype };",
            "return Promise.resolve();",
            "return (async () => 'text')();"),
        "TypeError: " + Texts.NOT_RESPONSE);
  }

  @Test
  @DisplayName("11.1 Response.error() is no answer")
  void refusesErrorResponses() {
    checkFailures(
        List.of("return Response.error();", "return (async () => Response.error())();"),
        "TypeError: Return value from serve handler must not be an error response (like"
            + " Response.error())");
  }

  @Test
  @DisplayName("11.2 a throw or a rejection is 500, and one entry in exceptions")
  void failsWhenTheHandlerThrows() {
    checkFailures(
        List.of(
            "throw new RangeError('out');",
            "return Promise.reject(new RangeError('out'));",
            "return (async () => { await fetch('http://up.test/echo');"
                + " throw new RangeError('out'); })();"),
        "RangeError: out");
  }

  @Test
  @DisplayName("11.2 a thrown non-Error becomes an Error with the text as message")
  void failsWhenTheHandlerThrowsNoError() {
    checkFailures(List.of("throw 'text';", "return Promise.reject('text');"), "Error: text");
  }

  @Test
  @DisplayName("16 an exception's stack is its frames only")
  void recordsTheStackOfAnException() {
    try (TestWorker worker = running(List.of("throw new Error('x');"))) {
      worker.get("/0").answer();

      assertThat(worker.trace("/0").exceptions())
          .singleElement()
          .extracting(
              TraceItem.ExceptionEntry::stack,
              Assertions.as(org.assertj.core.api.InstanceOfAssertFactories.STRING))
          .startsWith("    at ")
          .contains("worker.js:");
    }
  }

  @Test
  @DisplayName("11.4 a failure after the status line cuts the transfer, the status stays")
  void cutsTheTransferWhenABodyFails() {
    try (TestWorker worker =
        running(
            List.of(
                """
                let pulls = 0;
                return new Response(new ReadableStream({ async pull(controller) {
                  if (pulls++ > 0) throw new Error('in the body');
                  controller.enqueue(new TextEncoder().encode('part'));
                  await scheduler.wait(0);
                } }));
                """))) {
      TestClient.Answer answer = worker.get("/0").answer();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("part");
      assertThat(answer.cut()).isTrue();
      assertThat(worker.trace("/0").outcome()).isEqualTo(Outcome.EXCEPTION);
      assertThat(Check.exceptions(worker.trace("/0"))).containsExactly("Error: in the body");
    }
  }

  @Test
  @DisplayName("11.5 no fetch export is an error of the request")
  void failsWithoutAFetchHandler() {
    try (TestWorker worker = TestWorker.of("export default { scheduled() {} };").start()) {
      Check.failed(worker.get("/"), "Error: Handler does not export a fetch() function.");
      assertThat(worker.trace("/").outcome()).isEqualTo(Outcome.EXCEPTION);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new Error('x');",
        "return Promise.reject(new Error('x'));",
        "return fetch('http://up.test/echo').then(() => { throw new Error('x'); });",
      })
  @DisplayName("11.8 passThroughOnException forwards the original request; outcome exception")
  void forwardsAFailedRequest(String failure) {
    try (TestWorker worker =
        TestWorker.of(
                "export default { fetch(request, env, ctx) { ctx.passThroughOnException(); "
                    + failure
                    + " } };")
            .start()) {
      Check.answered(worker.post("/delay/0", "the body"), "POST /delay/0 the body");

      assertThat(worker.trace("/delay/0").outcome()).isEqualTo(Outcome.EXCEPTION);
      assertThat(Check.exceptions(worker.trace("/delay/0"))).containsExactly("Error: x");
    }
  }

  @Test
  @DisplayName("11.8 passThroughOnException changes nothing when the worker answers")
  void staysSilentWhenTheWorkerAnswers() {
    try (TestWorker worker =
        running(List.of("ctx.passThroughOnException(); return new Response('own');"))) {
      Check.answered(worker.get("/0"), "own");
      assertThat(worker.upstream().requests()).isEmpty();
    }
  }

  @Test
  @DisplayName("11.9 ctx has methods that need their own `this`; waitUntil(5) is accepted")
  void checksTheUseOfCtx() {
    try (TestWorker worker =
        running(
            List.of(
                """
                const lines = [];
                const attempt = (run) => {
                  try { lines.push(String(run())); } catch (e) { lines.push(`${e.name}: ${e.message}`); }
                };
                const { waitUntil, passThroughOnException } = ctx;
                attempt(() => waitUntil(Promise.resolve()));
                attempt(() => passThroughOnException.call({}));
                attempt(() => ctx.waitUntil());
                attempt(() => ctx.waitUntil(5));
                lines.push(Object.hasOwn(ctx, 'waitUntil'));
                return new Response(lines.join('\\n'));
                """))) {
      assertThat(worker.get("/0").answer().text().lines())
          .containsExactly(
              "TypeError: " + Texts.ILLEGAL_INVOCATION,
              "TypeError: " + Texts.ILLEGAL_INVOCATION,
              "TypeError: Failed to execute 'waitUntil' on 'ExecutionContext': parameter 1 is not"
                  + " of type 'Promise'.",
              "undefined",
              "false");
      Check.ok(worker.trace("/0"));
    }
  }

  @Test
  @DisplayName("1.9 a rejected waitUntil is one exception; the answer and the outcome stay")
  void recordsARejectedWaitUntil() {
    try (TestWorker worker =
        running(
            List.of(
                "ctx.waitUntil(Promise.reject(new TypeError('in the background')));"
                    + " return new Response('fine');"))) {
      Check.answered(worker.get("/0"), "fine");

      assertThat(worker.trace("/0").outcome()).isEqualTo(Outcome.OK);
      assertThat(Check.exceptions(worker.trace("/0")))
          .containsExactly("TypeError: in the background");
    }
  }

  @Test
  @DisplayName("1.9 waitUntil may be called again from inside waitUntil work")
  void extendsBackgroundWork() {
    try (TestWorker worker =
        running(
            List.of(
                "ctx.waitUntil(scheduler.wait(1).then(() =>"
                    + " ctx.waitUntil(scheduler.wait(1).then(() => console.log('late')))));"
                    + " return new Response('fine');"))) {
      Check.answered(worker.get("/0"), "fine");

      Check.ok(worker.trace("/0"));
      assertThat(Check.logs(worker.trace("/0"))).containsExactly("[\"late\"]");
    }
  }

  @Test
  @DisplayName("11.11 a scheduled event: its controller, its outcome, its background work")
  void runsScheduledEvents() {
    try (TestWorker worker =
        TestWorker.of(
                """
                export default { async scheduled(controller, env, ctx) {
                  console.log(controller.cron, controller.scheduledTime, typeof controller.noRetry);
                  if (controller.cron === 'throws') throw new Error('x');
                  ctx.waitUntil(scheduler.wait(1).then(() => console.log('later')));
                } };
                """)
            .start()) {
      assertThat(worker.scheduled("* * * * *", Instant.ofEpochMilli(1000)).join())
          .isEqualTo(Outcome.OK);
      assertThat(worker.scheduled("throws", Instant.EPOCH).join()).isEqualTo(Outcome.EXCEPTION);

      List<TraceItem> items = worker.traces(2);
      assertThat(Check.logs(items.get(0)))
          .containsExactly("[\"* * * * *\",1000,\"function\"]", "[\"later\"]");
      assertThat(Check.exceptions(items.get(1))).containsExactly("Error: x");
    }
  }

  @Test
  @DisplayName("11.5 a script without any handler does not start")
  void refusesAScriptWithoutHandlers() {
    Assertions.assertThatThrownBy(() -> TestWorker.of("const nothing = 1;").tryStart())
        .isInstanceOf(WorkerStartException.class)
        .hasMessageContaining("No event handlers were registered. This script does nothing.");
  }
}
