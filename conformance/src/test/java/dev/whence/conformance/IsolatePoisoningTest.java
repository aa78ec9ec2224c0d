package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Outcome;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How the bug looks today (design.md): a client disconnects during a memoised initialisation, its
 * context is dropped, the cached promise never settles, and every later request fails.
 */
class IsolatePoisoningTest {

  /** Each way in which promises across requests are treated. */
  enum Mode {
    CANCEL(null, CrossRequest.CANCEL, Texts.HANG_2022),
    FOLLOW_WITHOUT_FLAG("2024-01-01", null, Texts.HANG),
    FOLLOW_WITH_FLAG("2025-01-01", null, Texts.OWNER_GONE);

    private final @Nullable String date;
    private final @Nullable CrossRequest mode;
    private final String message;

    Mode(@Nullable String date, @Nullable CrossRequest mode, String message) {
      this.date = date;
      this.mode = mode;
      this.message = message;
    }

    TestWorker start(String script) {
      TestWorker.Builder builder = TestWorker.of(script);
      if (date != null) {
        builder.date(date);
      }
      if (mode != null) {
        builder.mode(mode);
      }
      return builder.start();
    }
  }

  /** Lets all requests so far have their first turn. */
  private static void begin(TestWorker worker) {
    Check.answered(worker.get("/ran"), "0");
  }

  /** The initialisation is under way until the first request's body has come. */
  private static String memoised(String statements) {
    return """
        let ready, ran = 0;
        export default { async fetch(request, env, ctx) {
          if (request.url.endsWith('/ran')) return new Response(String(ran));
          ready ??= request.text().then((text) => { ran++; return text; });
          %s
          return new Response(await ready);
        } };
        """
        .formatted(statements);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  @DisplayName("the client leaves during the initialisation: all later requests fail at once")
  void failsAllLaterRequests(Mode mode) {
    try (TestWorker worker = mode.start(memoised(""))) {
      HeldBody body = new HeldBody();
      TestClient first = worker.send(body.to("/first"));
      begin(worker);
      first.disconnect();
      TestClient second = worker.get("/second");
      TestClient third = worker.get("/third");
      body.release();

      assertThat(worker.trace("/first").outcome()).isEqualTo(Outcome.CANCELED);
      for (TestClient client : new TestClient[] {second, third}) {
        Check.failed(client, "Error: " + mode.message);
      }
      assertThat(Check.exceptions(worker.trace("/second")))
          .containsExactly("Error: " + mode.message);
      assertThat(worker.trace("/third").outcome()).isEqualTo(Outcome.EXCEPTION);
      Check.answered(worker.get("/ran"), "0");
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  @DisplayName("the client leaves while another request waits: that one fails at that moment")
  void failsThoseWhoWait(Mode mode) {
    try (TestWorker worker = mode.start(memoised(""))) {
      TestClient first = worker.send(new HeldBody().to("/first"));
      TestClient second = worker.get("/second");
      begin(worker);
      first.disconnect();

      Check.failed(second, "Error: " + mode.message);
      assertThat(worker.trace("/second").outcome()).isEqualTo(Outcome.EXCEPTION);
      assertThat(worker.trace("/first").outcome()).isEqualTo(Outcome.CANCELED);
    }
  }

  /** What keeps the initialisation going after its client has left: the usual cure. */
  private static final String KEPT =
      """
      let ready;
      export default { async fetch(request, env, ctx) {
        if (request.url.endsWith('/ran')) return new Response('0');
        ready ??= (async () => (await fetch('http://up.test/delay/50')).text())();
        ctx.waitUntil(ready);
        return new Response(await ready);
      } };
      """;

  @ParameterizedTest
  @EnumSource(Mode.class)
  @DisplayName("12.2 an initialisation kept by waitUntil ends, and later requests are fine")
  void staysSilentWhenWaitUntilKeepsTheInitialisation(Mode mode) {
    try (TestWorker worker = mode.start(KEPT)) {
      TestClient first = worker.get("/first");
      begin(worker);
      first.disconnect();

      assertThat(Check.exceptions(worker.trace("/first"))).isEmpty();
      Check.answered(worker.get("/second"), "GET /delay/50 ");
      Check.ok(worker.trace("/second"));
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  @DisplayName("the client stays: later requests are fine")
  void staysSilentWhenTheClientStays(Mode mode) {
    try (TestWorker worker = mode.start(memoised(""))) {
      HeldBody body = new HeldBody();
      TestClient first = worker.send(body.to("/first"));
      body.release();

      Check.answered(first, "go");
      Check.answered(worker.get("/second"), "go");
      Check.ok(worker.trace("/second"));
    }
  }

  @Test
  @DisplayName("5.6 with the flag a worker can catch the error and initialise again")
  void letsAWorkerRecover() {
    try (TestWorker worker =
        Mode.FOLLOW_WITH_FLAG.start(
            memoised(
                """
                try { await ready; } catch {
                  ready = fetch('http://up.test/echo').then((response) => response.text());
                }
                """))) {
      TestClient first = worker.send(new HeldBody().to("/first"));
      begin(worker);
      first.disconnect();

      Check.answered(worker.get("/second"), "GET /echo ");
      Check.answered(worker.get("/third"), "GET /echo ");
    }
  }
}
