package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Unhandled rejections and errors of microtasks: workers-semantics.md, section 10. */
class UnhandledRejectionTest {
  private static final String LISTENERS =
      """
      addEventListener('unhandledrejection', (event) => {
        console.log(event.type, event instanceof PromiseRejectionEvent,
          event.promise instanceof Promise, event.reason.message);
      });
      addEventListener('rejectionhandled', (event) => {
        console.log(event.type, event.reason.message);
      });
      """;

  private static TestWorker handling(String listeners, String statements) {
    return TestWorker.of(
            listeners
                + """
                import { AsyncLocalStorage } from 'node:async_hooks';
                export default { async fetch(request, env, ctx) {
                  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
                  %s
                  return new Response('done');
                } };
                """
                    .formatted(statements))
        .date("2026-06-01")
        .flag("nodejs_compat")
        .start();
  }

  @Test
  @DisplayName("10.1 a rejection nobody handles fires an event in the rejecting request")
  void reportsAnUnhandledRejection() {
    try (TestWorker worker =
        handling(LISTENERS, "Promise.reject(new Error('lost')); await sleep(0);")) {
      Check.answered(worker.get("/"), "done");

      assertThat(Check.logs(worker.trace("/")))
          .containsExactly("[\"unhandledrejection\",true,true,\"lost\"]");
      Check.ok(worker.trace("/"));
    }
  }

  @Test
  @DisplayName("10.1 the event comes although its request answers in the same turn")
  void reportsAnUnhandledRejectionOfTheLastTurn() {
    try (TestWorker worker = handling(LISTENERS, "Promise.reject(new Error('lost'));")) {
      Check.answered(worker.get("/"), "done");

      assertThat(Check.logs(worker.trace("/")))
          .containsExactly("[\"unhandledrejection\",true,true,\"lost\"]");
    }
  }

  @Test
  @DisplayName("10.1 a handler attached in a later turn fires rejectionhandled")
  void reportsALateHandler() {
    try (TestWorker worker =
        handling(
            LISTENERS,
            "const lost = Promise.reject(new Error('lost')); await sleep(0);"
                + " lost.catch(() => {}); await sleep(0);")) {
      Check.answered(worker.get("/"), "done");

      assertThat(Check.logs(worker.trace("/")))
          .containsExactly(
              "[\"unhandledrejection\",true,true,\"lost\"]", "[\"rejectionhandled\",\"lost\"]");
    }
  }

  @Test
  @DisplayName("10.3 a handler attached before the microtasks are over prevents both events")
  void staysSilentWhenTheRejectionIsHandledInTime() {
    try (TestWorker worker =
        handling(
            LISTENERS,
            "const late = Promise.reject(new Error('late')); await null; await null;"
                + " late.catch(() => {}); await sleep(0);")) {
      Check.answered(worker.get("/"), "done");

      assertThat(Check.logs(worker.trace("/"))).isEmpty();
    }
  }

  @Test
  @DisplayName("10.2 without a listener nothing at all happens")
  void doesNothingWithoutAListener() {
    try (TestWorker worker = handling("", "Promise.reject(new Error('lost')); await sleep(0);")) {
      Check.answered(worker.get("/"), "done");

      Check.ok(worker.trace("/"));
      assertThat(worker.trace("/").logs()).isEmpty();
    }
  }

  @Test
  @DisplayName("10.1 the event is attributed to the rejecting request, others see nothing")
  void reportsToTheRightRequest() {
    try (TestWorker worker =
        handling(
            LISTENERS,
            "if (request.body) { Promise.reject(new Error(await request.text()));"
                + " await sleep(0); }")) {
      HeldBody body = new HeldBody();
      TestClient rejecting = worker.send(body.to("/rejecting"));
      Check.answered(worker.get("/other"), "done");
      body.release();
      Check.answered(rejecting, "done");

      assertThat(Check.logs(worker.trace("/rejecting")))
          .containsExactly("[\"unhandledrejection\",true,true,\"go\"]");
      assertThat(worker.trace("/other").logs()).isEmpty();
    }
  }

  @Test
  @DisplayName("10.1, 14.1 the event is dispatched in the rejection's AsyncLocalStorage frame")
  void restoresTheFrameOfTheRejection() {
    try (TestWorker worker =
        handling(
            """
            const storage = globalThis.storage = new Map();
            addEventListener('unhandledrejection', () => console.log(storage.get('als').getStore()));
            """,
            """
            const als = new AsyncLocalStorage();
            storage.set('als', als);
            als.run('inner', () => { Promise.reject(new Error('lost')); });
            await sleep(0);
            """)) {
      Check.answered(worker.get("/"), "done");

      assertThat(Check.logs(worker.trace("/"))).containsExactly("[\"inner\"]");
    }
  }

  @Test
  @DisplayName("10.4 a listener that throws is logged as a warning and ignored")
  void survivesAListenerThatThrows() {
    try (TestWorker worker =
        handling(
            "addEventListener('unhandledrejection', () => { throw new Error('in the listener'); });",
            "Promise.reject(new Error('lost')); await sleep(0);")) {
      Check.answered(worker.get("/"), "done");

      Check.ok(worker.trace("/"));
      assertThat(worker.trace("/").logs())
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.level()).isEqualTo("warn");
                assertThat(line.messageJson()).contains("in the listener");
              });
    }
  }

  @Test
  @DisplayName("10.4 an error of a queueMicrotask callback: an error event, then a log line")
  void reportsErrorsOfMicrotasks() {
    String failing = "queueMicrotask(() => { throw new Error('in the microtask'); }); await null;";
    try (TestWorker worker = handling("", failing)) {
      Check.answered(worker.get("/"), "done");

      Check.ok(worker.trace("/"));
      assertThat(worker.trace("/").logs())
          .singleElement()
          .satisfies(line -> assertThat(line.messageJson()).contains("in the microtask"));
    }
    String preventing =
        "addEventListener('error', (event) => { console.log(event.message);"
            + " event.preventDefault(); });";
    try (TestWorker worker = handling(preventing, failing)) {
      Check.answered(worker.get("/"), "done");

      assertThat(worker.trace("/").logs())
          .singleElement()
          .satisfies(line -> assertThat(line.level()).isEqualTo("log"));
      assertThat(Check.logs(worker.trace("/")).get(0)).contains("in the microtask");
    }
  }
}
