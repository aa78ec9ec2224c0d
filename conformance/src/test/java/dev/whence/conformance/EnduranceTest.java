package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Limits;
import dev.whence.runtime.Outcome;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tens of thousands of requests in a small heap: what is kept for one goes when it ends. */
class EnduranceTest {
  private static final int REQUESTS = 50_000;
  private static final int AT_ONCE = 500;

  /** What leaks 1 kB for each request would fill this heap. */
  private static final int MEMORY_MB = 32;

  @Test
  void keepsNothingOfTheRequestsThatEnded() {
    String script =
        """
        export default {
          async fetch(request, env, ctx) {
            const { searchParams } = new URL(request.url);
            switch (searchParams.get('n') % 10) {
              case 0: return new Promise(() => {});
              case 1: await fetch('http://up.test/now'); break;
              case 2: setTimeout(() => {}, 100000); break;
              case 3: ctx.waitUntil(scheduler.wait(0)); break;
              case 4: fetch('http://up.test/never'); break;
              case 5: throw new Error('five');
              case 6: request.signal.addEventListener('abort', () => {}); break;
            }
            return new Response('x'.repeat(500) + searchParams.get('n'));
          }
        };
        """;
    Limits usual = Limits.defaults();
    Limits limits =
        new Limits(
            Duration.ofSeconds(30),
            MEMORY_MB,
            usual.startup(),
            usual.waitUntil(),
            usual.subrequests(),
            usual.timers(),
            usual.inFlight(),
            usual.logBytes());
    try (TestWorker worker = TestWorker.of(script).date("2025-01-01").limits(limits).start()) {
      for (int sent = 0; sent < REQUESTS; sent += AT_ONCE) {
        List<TestClient> clients =
            IntStream.range(sent, sent + AT_ONCE).mapToObj(n -> worker.get("/?n=" + n)).toList();
        int first = sent;
        for (int i = 0; i < AT_ONCE; i++) {
          TestClient.Answer answer = clients.get(i).answer();
          boolean fails = i % 10 == 0 || i % 10 == 5;
          assertThat(answer.status()).isEqualTo(fails ? 500 : 200);
          if (!fails) {
            assertThat(answer.text()).endsWith("x" + (first + i));
          }
        }
      }

      assertThat(worker.traces(REQUESTS))
          .hasSize(REQUESTS)
          .noneMatch(item -> item.outcome() == Outcome.EXCEEDED_MEMORY)
          .noneMatch(item -> item.whence().isolate() != 1);
      assertThat(worker.worker().inFlight()).isZero();
    }
  }
}
