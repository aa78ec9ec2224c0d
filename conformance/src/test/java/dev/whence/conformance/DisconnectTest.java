package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Limits;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A client that leaves: workers-semantics.md, section 12 (12.4 is in GoneOwnerTest). */
class DisconnectTest {
  /** {@code /ran} tells how often {@code ran} was counted up; all others run the statements. */
  private static TestWorker handling(String statements) {
    return TestWorker.of(
            """
            let ran = 0;
            export default { async fetch(request, env, ctx) {
              if (request.url.endsWith('/ran')) return new Response(String(ran));
              %s
            } };
            """
                .formatted(statements))
        .date("2025-01-01")
        .start();
  }

  @Test
  @DisplayName("12.2, 12.6 without waitUntil everything stops at once; outcome canceled")
  void stopsEverythingAtOnce() {
    try (TestWorker worker =
        handling(
            """
            fetch('http://up.test/never').finally(() => ran++);
            setTimeout(() => ran++, 1000000);
            try { await request.text(); ran++; } catch { ran++; } finally { ran++; }
            return new Response('late');
            """)) {
      HeldBody body = new HeldBody();
      TestClient client = worker.send(body.to("/leaves"));
      Check.answered(worker.get("/ran"), "0");
      client.disconnect();
      TraceItem item = worker.trace("/leaves");
      body.release();

      assertThat(item.outcome()).isEqualTo(Outcome.CANCELED);
      assertThat(Check.exceptions(item)).isEmpty();
      assertThat(item.event())
          .isInstanceOfSatisfying(
              TraceItem.FetchEvent.class, event -> assertThat(event.status()).isZero());
      assertThat(worker.upstream().cancelled()).isEqualTo(1);
      assertThat(client.isOver()).isFalse();
      Check.answered(worker.get("/ran"), "0");
    }
  }

  @Test
  @DisplayName("12.2 with waitUntil everything goes on until that is done, the handler as well")
  void goesOnWhileBackgroundWorkLasts() {
    try (TestWorker worker =
        handling(
            """
            let help;
            const helped = new Promise((resolve) => help = resolve);
            if (request.url.endsWith('/help')) { globalThis.go = true; return new Response('ok'); }
            ctx.waitUntil((async () => {
              while (!globalThis.go) await scheduler.wait(1);
              help();
              await scheduler.wait(1);
              console.log('background');
            })());
            await helped;
            ran++;
            console.log('handler');
            return new Response('late');
            """)) {
      TestClient client = worker.get("/leaves");
      Check.answered(worker.get("/ran"), "0");
      client.disconnect();
      Check.answered(worker.get("/help"), "ok");

      TraceItem item = worker.trace("/leaves");
      assertThat(item.outcome()).isEqualTo(Outcome.CANCELED);
      assertThat(Check.logs(item)).containsExactly("[\"handler\"]", "[\"background\"]");
      assertThat(Check.exceptions(item)).isEmpty();
      assertThat(client.isOver()).isFalse();
      Check.answered(worker.get("/ran"), "1");
    }
  }

  @Test
  @DisplayName("12.6 a client that leaves after its answer changes nothing")
  void staysSilentAfterTheAnswer() {
    try (TestWorker worker =
        handling(
            "ctx.waitUntil(scheduler.wait(2).then(() => ran++)); return new Response('answer');")) {
      TestClient client = worker.get("/leaves");
      Check.answered(client, "answer");
      client.disconnect();

      Check.ok(worker.trace("/leaves"));
      Check.answered(worker.get("/ran"), "1");
    }
  }

  @Test
  @DisplayName("12.2 other requests are untouched")
  void leavesOthersAlone() {
    try (TestWorker worker = handling("return new Response(await request.text());")) {
      HeldBody body = new HeldBody();
      TestClient staying = worker.send(body.to("/stays"));
      TestClient leaving = worker.send(new HeldBody().to("/leaves"));
      leaving.disconnect();
      assertThat(worker.trace("/leaves").outcome()).isEqualTo(Outcome.CANCELED);
      body.release();

      Check.answered(staying, "go");
      Check.ok(worker.trace("/stays"));
    }
  }

  @Test
  @DisplayName("13.3 a client that leaves in the middle: the source's cancel() is called")
  void cancelsTheSourceOfAStream() {
    try (TestWorker worker =
        handling(
            """
            return new Response(new ReadableStream({
              pull(controller) {
                controller.enqueue(new TextEncoder().encode('part'));
                return scheduler.wait(1000000);
              },
              cancel(reason) { ran++; console.log('cancelled', String(reason)); },
            }));
            """)) {
      TestClient client = worker.get("/leaves");
      client.awaitHead();
      client.disconnect();

      TraceItem item = worker.trace("/leaves");
      assertThat(item.outcome()).isEqualTo(Outcome.CANCELED);
      Check.answered(worker.get("/ran"), "1");
      assertThat(Check.logs(item)).containsExactly("[\"cancelled\",\"undefined\"]");
    }
  }

  @Test
  @DisplayName("13.3, 17.5 a cancel() that never returns is ended by the CPU limit")
  void endsACancelThatNeverReturns() {
    Limits usual = Limits.defaults();
    Limits limits =
        new Limits(
            Duration.ofMillis(100),
            usual.memoryMb(),
            usual.startup(),
            usual.waitUntil(),
            usual.subrequests(),
            usual.timers(),
            usual.inFlight(),
            usual.logBytes());
    try (TestWorker worker =
        TestWorker.of(
                """
                export default { fetch(request) {
                  if (request.url.endsWith('/next')) return new Response('next');
                  return new Response(new ReadableStream({
                    pull: () => scheduler.wait(1000000),
                    cancel() { for (;;); },
                  }));
                } };
                """)
            .limits(limits)
            .start()) {
      TestClient client = worker.get("/leaves");
      client.awaitHead();
      client.disconnect();

      assertThat(worker.trace("/leaves").outcome()).isEqualTo(Outcome.CANCELED);
      Check.answered(worker.get("/next"), "next");
    }
  }

  @Test
  @DisplayName("12.5 reading the request's body after the answer was sent")
  void refusesToReadTheBodyTooLate() {
    try (TestWorker worker =
        handling(
            """
            ctx.waitUntil(scheduler.wait(1).then(() => request.text()).catch((error) =>
              console.log(`${error.name}: ${error.message}`)));
            return new Response('answer');
            """)) {
      Check.answered(worker.post("/late", "unread"), "answer");

      assertThat(Check.logs(worker.trace("/late")))
          .containsExactly(
              "[\"TypeError: Can't read from request stream after response has been sent.\"]");
    }
  }

  @Test
  @DisplayName("12.5 reading the request's body after the handler failed")
  void refusesToReadTheBodyAfterAFailure() {
    try (TestWorker worker =
        handling(
            """
            ctx.waitUntil(scheduler.wait(1).then(() => request.text()).catch((error) =>
              console.log(`${error.name}: ${error.message}`)));
            throw new Error('failed');
            """)) {
      Check.failed(worker.post("/late", "unread"), "Error: failed");

      assertThat(Check.logs(worker.trace("/late")))
          .containsExactly(
              "[\"TypeError: Can't read from request stream after responding with an"
                  + " exception.\"]");
    }
  }

  @Test
  @DisplayName("12.5 reading the request's body after the client has left")
  void refusesToReadTheBodyOfAClientThatLeft() {
    try (TestWorker worker =
        handling(
            """
            if (request.url.endsWith('/help')) { globalThis.go = true; return new Response('ok'); }
            ctx.waitUntil((async () => {
              while (!globalThis.go) await scheduler.wait(1);
              await request.text().catch((error) => console.log(error.message));
            })());
            await new Promise(() => {});
            """)) {
      TestClient client = worker.send(new HeldBody().to("/leaves"));
      Check.answered(worker.get("/ran"), "0");
      client.disconnect();
      Check.answered(worker.get("/help"), "ok");

      assertThat(Check.logs(worker.trace("/leaves")))
          .containsExactly("[\"Can't read from request stream because client disconnected.\"]");
    }
  }
}
