package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Outcome;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pending events and the hang verdict: workers-semantics.md, section 2. */
class HangVerdictTest {
  private static final String DATE = "2025-01-01";

  /** A module worker whose handler runs those statements. */
  private static TestWorker handling(String statements) {
    return TestWorker.of(
            """
            const never = new Promise(() => {});
            export default { async fetch(request, env, ctx) {
              const path = new URL(request.url).pathname;
              const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
              %s
            } };
            """
                .formatted(statements))
        .date(DATE)
        .start();
  }

  @ParameterizedTest
  @EnumSource(CrossRequest.class)
  @DisplayName("2.1 a request that nothing can bring forward is hung, in both modes")
  void endsARequestThatWaitsForNothing(CrossRequest mode) {
    try (TestWorker worker =
        TestWorker.of("export default { fetch: () => new Promise(() => {}) };")
            .mode(mode)
            .start()) {
      TestClient client = worker.get("/");

      String message = mode == CrossRequest.CANCEL ? Texts.HANG_2022 : Texts.HANG;
      Check.ended(client, worker.trace("/"), message);
    }
  }

  private static final List<String> WITHOUT_EVENT =
      List.of(
          "await new Promise(() => {});",
          "await new Promise(async () => {});",
          "await fetch('http://up.test/echo'); await new Promise(() => {});",
          "await new ReadableStream({}).getReader().read();",
          "await new TransformStream().readable.getReader().read();",
          "await new TransformStream().writable.getWriter().write('x');",
          "await new Promise((done) => request.signal.addEventListener('abort', done));",
          "await new Promise((done) => new FinalizationRegistry(done).register({}, 1));",
          "ctx.waitUntil(new Promise(() => {})); await new Promise(() => {});",
          "await never;",
          "await { then() {} };",
          "return new Promise(() => {});",
          "return { then() {} };");

  @Test
  @DisplayName("2.5 what no code and no event can settle does not count as waiting")
  void isHungWhenItWaitsForWhatNothingSettles() {
    try (TestWorker worker = handling(Check.oneOf(WITHOUT_EVENT))) {
      for (int i = 0; i < WITHOUT_EVENT.size(); i++) {
        String path = "/" + i;
        Check.describing(
            WITHOUT_EVENT.get(i),
            () -> {
              Check.failed(worker.get(path), "Error: " + Texts.HANG);
              assertThat(worker.trace(path).outcome()).isEqualTo(Outcome.EXCEPTION);
            });
      }
    }
  }

  private static final List<String> WITH_EVENT =
      List.of(
          "await sleep(5);",
          "await new Promise((done) => { const id = setInterval(() => { clearInterval(id); done(); }, 1); });",
          "await scheduler.wait(5);",
          "await fetch('http://up.test/delay/5');",
          "await (await fetch('http://up.test/stream/3')).text();",
          "for await (const chunk of (await fetch('http://up.test/stream/3')).body);",
          "await new Promise((done) => AbortSignal.timeout(5).addEventListener('abort', done));",
          "await fetch('http://up.test/never', { signal: AbortSignal.timeout(5) }).catch(() => {});",
          "await crypto.subtle.digest('SHA-256', new Uint8Array(1000));",
          "await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);",
          "await new Response(new Blob(['x']).stream().pipeThrough(new CompressionStream('gzip')))"
              + ".arrayBuffer();",
          "await new Blob(['x']).text();",
          "await caches.default.match('http://up.test/cached');");

  @Test
  @DisplayName("2.4 a timer, a fetch, a body and native work hold a pending event")
  void staysSilentWhileAnEventIsPending() {
    List<String> bodies =
        WITH_EVENT.stream().map(body -> body + " return new Response('done');").toList();
    try (TestWorker worker = handling(Check.oneOf(bodies))) {
      for (int i = 0; i < bodies.size(); i++) {
        String path = "/" + i;
        Check.describing(
            bodies.get(i),
            () -> {
              Check.answered(worker.get(path), "done");
              Check.ok(worker.trace(path));
            });
      }
    }
  }

  @Test
  @DisplayName("2.1 an event registered before the loop is idle clears the suspicion")
  void staysSilentWhenAnEventIsRegisteredInTime() {
    try (TestWorker worker =
        handling(
            """
            await sleep(1);
            for (let i = 0; i < 100; i++) await null;
            await sleep(1);
            return new Response('done');
            """)) {
      Check.answered(worker.get("/"), "done");
    }
  }

  @Test
  @DisplayName("2.2 other requests that wait do not delay the verdict")
  void decidesWhileAnotherRequestWaits() {
    try (TestWorker worker =
        handling("if (request.body) return new Response(await request.text()); await never;")) {
      HeldBody body = new HeldBody();
      TestClient waiting = worker.send(body.to("/waits"));
      Check.ended(worker.get("/hangs"), worker.trace("/hangs"), Texts.HANG);
      assertThat(waiting.isOver()).isFalse();
      body.release();

      Check.answered(waiting, "go");
      Check.ok(worker.trace("/waits"));
    }
  }

  @Test
  @DisplayName("1.12 neither catch nor finally around the hung await runs")
  void runsNoCodeOfAHungRequest() {
    try (TestWorker worker =
        TestWorker.of(
                """
                let ran = 0;
                export default { async fetch(request) {
                  if (request.url.endsWith('/ran')) return new Response(String(ran));
                  console.log('before');
                  try { await new Promise(() => {}); }
                  catch { ran++; }
                  finally { ran++; console.log('after'); }
                } };
                """)
            .date(DATE)
            .start()) {
      Check.ended(worker.get("/hangs"), worker.trace("/hangs"), Texts.HANG);

      assertThat(Check.logs(worker.trace("/hangs"))).containsExactly("[\"before\"]");
      Check.answered(worker.get("/ran"), "0");
    }
  }

  @Test
  @DisplayName("2.6 a fetch that nobody awaits is waited for, then the request is hung")
  void isHungOnceItsLastFetchIsDone() {
    try (TestWorker worker =
        handling("fetch('http://up.test/delay/5').then(() => console.log('came')); await never;")) {
      Check.ended(worker.get("/"), worker.trace("/"), Texts.HANG);

      assertThat(Check.logs(worker.trace("/"))).containsExactly("[\"came\"]");
    }
  }

  @Test
  @DisplayName("2.6 an interval cleared after 5 ticks: hung right after the 5th")
  void isHungOnceItsIntervalIsCleared() {
    try (TestWorker worker =
        handling(
            """
            let ticks = 0;
            const id = setInterval(() => {
              console.log(++ticks);
              if (ticks === 5) clearInterval(id);
            }, 1);
            await never;
            """)) {
      Check.ended(worker.get("/"), worker.trace("/"), Texts.HANG);

      assertThat(Check.logs(worker.trace("/"))).containsExactly("[1]", "[2]", "[3]", "[4]", "[5]");
    }
  }

  @Test
  @DisplayName("2.6 an interval that is never cleared keeps its request from being hung")
  void staysSilentWhileAnIntervalRuns() {
    try (TestWorker worker =
        TestWorker.of(
                """
                let ticks = 0;
                export default { async fetch(request) {
                  if (request.url.endsWith('/wait')) {
                    while (ticks < 5) await scheduler.wait(1);
                    return new Response('ticked');
                  }
                  setInterval(() => ticks++, 1);
                  await new Promise(() => {});
                } };
                """)
            .date(DATE)
            .start()) {
      TestClient client = worker.get("/interval");
      Check.answered(worker.get("/wait"), "ticked");

      assertThat(client.isOver()).isFalse();
      client.disconnect();
      assertThat(worker.trace("/interval").outcome()).isEqualTo(Outcome.CANCELED);
    }
  }

  @Test
  @DisplayName("2.6 background work is waited for, then the request is hung")
  void isHungOnceItsBackgroundWorkIsDone() {
    try (TestWorker worker =
        handling("ctx.waitUntil(sleep(5).then(() => console.log('slept'))); await never;")) {
      Check.ended(worker.get("/"), worker.trace("/"), Texts.HANG);

      assertThat(Check.logs(worker.trace("/"))).containsExactly("[\"slept\"]");
    }
  }

  @Test
  @DisplayName("2.7 background work that hangs: 200 for the client, outcome ok, HANG in exceptions")
  void reportsBackgroundWorkThatHangs() {
    try (TestWorker worker =
        handling("ctx.waitUntil(new Promise(() => {})); return new Response('fine');")) {
      Check.answered(worker.get("/"), "fine");

      assertThat(worker.trace("/").outcome()).isEqualTo(Outcome.OK);
      assertThat(Check.exceptions(worker.trace("/"))).containsExactly("Error: " + Texts.HANG);
    }
  }

  @Test
  @DisplayName("2.7 background work that ends is not reported")
  void staysSilentWhenBackgroundWorkEnds() {
    try (TestWorker worker =
        handling("ctx.waitUntil(sleep(2).then(() => sleep(2))); return new Response('fine');")) {
      Check.answered(worker.get("/"), "fine");

      Check.ok(worker.trace("/"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // An identity stream that is never closed.
        """
        const { readable, writable } = new TransformStream();
        const writer = writable.getWriter();
        writer.write(new TextEncoder().encode('part'));
        return new Response(readable);
        """,
        // pull() returns a promise that never settles.
        """
        let pulls = 0;
        return new Response(new ReadableStream({ pull(controller) {
          if (pulls++ > 0) return new Promise(() => {});
          controller.enqueue(new TextEncoder().encode('part'));
        } }));
        """,
      })
  @DisplayName("2.8 an answer whose body cannot progress is cut after the bytes written so far")
  void cutsABodyThatStalls(String statements) {
    try (TestWorker worker = handling(statements)) {
      TestClient.Answer answer = worker.get("/").answer();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("part");
      assertThat(answer.cut()).isTrue();
      assertThat(worker.trace("/").outcome()).isEqualTo(Outcome.EXCEPTION);
      assertThat(Check.exceptions(worker.trace("/"))).containsExactly("Error: " + Texts.HANG);
    }
  }

  @Test
  @DisplayName("2.8 a body that waits for a timer between its chunks is not cut")
  void staysSilentWhileABodyProgresses() {
    try (TestWorker worker =
        handling(
            """
            const { readable, writable } = new TransformStream();
            const writer = writable.getWriter();
            (async () => {
              for (const part of ['a', 'b', 'c']) {
                await sleep(2);
                await writer.write(new TextEncoder().encode(part));
              }
              await writer.close();
            })();
            return new Response(readable);
            """)) {
      Check.answered(worker.get("/"), "abc");

      Check.ok(worker.trace("/"));
    }
  }

  @Test
  @DisplayName("2.10 passThroughOnException turns a hang into a forwarded request")
  void forwardsAHungRequestThatAskedForIt() {
    try (TestWorker worker = handling("ctx.passThroughOnException(); await never;")) {
      Check.answered(worker.get("/delay/0"), "GET /delay/0 ");

      assertThat(worker.trace("/delay/0").outcome()).isEqualTo(Outcome.EXCEPTION);
      assertThat(Check.exceptions(worker.trace("/delay/0")))
          .containsExactly("Error: " + Texts.HANG);
    }
  }

  @Test
  @DisplayName("2.13 a worker drains although a request hung")
  void drainsAfterAHang() {
    try (TestWorker worker = handling("await never;")) {
      Check.failed(worker.get("/"), "Error: " + Texts.HANG);

      assertThat(worker.worker().drained()).succeedsWithin(Duration.ofSeconds(60));
      assertThat(worker.worker().inFlight()).isZero();
    }
  }

  @Test
  @DisplayName("11.11, 15.2 a hung scheduled event: outcome exception, and the entry is there")
  void reportsAHungScheduledEvent() {
    try (TestWorker worker =
        TestWorker.of(
                """
                export default {
                  async scheduled({ cron }, env, ctx) {
                    if (cron === 'background') ctx.waitUntil(new Promise(() => {}));
                    else if (cron !== 'fine') await new Promise(() => {});
                  },
                };
                """)
            .date(DATE)
            .start()) {
      assertThat(worker.scheduled("hangs", Instant.EPOCH).join()).isEqualTo(Outcome.EXCEPTION);
      assertThat(worker.scheduled("background", Instant.EPOCH).join()).isEqualTo(Outcome.EXCEPTION);
      assertThat(worker.scheduled("fine", Instant.EPOCH).join()).isEqualTo(Outcome.OK);

      assertThat(worker.traces(3))
          .extracting(Check::exceptions)
          .containsExactly(
              List.of("Error: " + Texts.HANG), List.of("Error: " + Texts.HANG), List.of());
    }
  }
}
