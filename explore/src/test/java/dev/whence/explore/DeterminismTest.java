package dev.whence.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.SteppedWorker;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeterminismTest {
  /** Time, chance, cryptography on other threads, a subrequest and a stream. */
  private static final String WORKER =
      """
      const cache = new Map();
      export default {
        async fetch(request) {
          const { pathname } = new URL(request.url);
          const digest = await crypto.subtle.digest('SHA-256', crypto.getRandomValues(new Uint8Array(8)));
          const upstream = await fetch('https://api.test' + pathname);
          if (!cache.has('x')) cache.set('x', (async () => { await scheduler.wait(Math.random() * 100); return crypto.randomUUID(); })());
          const [text, shared] = await Promise.all([upstream.text(), Promise.race([cache.get('x'), scheduler.wait(60).then(() => 'late')])]);
          console.log(pathname, Date.now(), performance.now());
          const bytes = new Uint8Array(digest);
          return new Response(new ReadableStream({
            async start(controller) {
              await scheduler.wait(5);
              controller.enqueue(new TextEncoder().encode([text, shared, bytes[0], Date.now()].join()));
              controller.close();
            },
          }));
        },
      };
      """;

  private static final int TIMES = 200;

  @Test
  void theSameScheduleGivesTheSameTraceEveryTime() throws Exception {
    Plan plan =
        Plans.of(
            WORKER, CrossRequest.FOLLOW, Plans.stub("https://api.test/*", 200, "hi"), "/a", "/b");
    String differing =
        SteppedWorker.onIsolateThread(
            () -> {
              try (Stage stage = new Stage(plan.source(), plan.options())) {
                Rehearsal rehearsal = new Rehearsal(stage, plan.requests(), plan.upstream());
                Schedule schedule = busy(rehearsal);
                String first = rehearsal.replay(schedule, Rehearsal.Conditions.TOLD).trace();
                assertThat(first).contains("n1.1", "b1.1");
                for (int i = 0; i < TIMES; i++) {
                  if (i % 50 == 49) {
                    stage.renew();
                  }
                  String again = rehearsal.replay(schedule, Rehearsal.Conditions.TOLD).trace();
                  if (!again.equals(first)) {
                    return first + "\n=== time " + i + "\n" + again;
                  }
                }
                return "";
              }
            });

    assertThat(differing).isEmpty();
  }

  /** A schedule with many deviations. */
  private static Schedule busy(Rehearsal rehearsal) throws Exception {
    Chance chance = new Chance(5);
    Schedule start = new Schedule(3, List.of(1, 2), 0, List.of());
    Run run =
        rehearsal.run(
            start,
            enabled -> {
              int calm = 0;
              while (calm < enabled.size() && !enabled.get(calm).kind().isFault()) {
                calm++;
              }
              return chance.below(calm);
            },
            Rehearsal.Conditions.USUAL);
    assertThat(run.schedule().deviations()).hasSizeGreaterThan(3);
    return run.schedule();
  }

  @Test
  void anExplorationFindsTheSameWithTheSameSeed() throws Exception {
    Plan plan =
        Plans.of(
            WORKER, CrossRequest.CANCEL, Plans.stub("https://api.test/*", 200, "hi"), "/a", "/b");
    Report first = Explorer.explore(plan, Explorer.Budget.schedules(90));
    Report second = Explorer.explore(plan, Explorer.Budget.schedules(90));

    assertThat(second.statistics().distinct()).isEqualTo(first.statistics().distinct());
    assertThat(second.findings())
        .extracting(Finding::trace)
        .isEqualTo(first.findings().stream().map(Finding::trace).toList());
  }
}
