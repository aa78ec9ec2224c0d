package dev.whence.explore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpstreamTest {
  private static final String WORKER =
      """
      export default {
        async fetch(request) {
          const before = Date.now();
          const response = await fetch('https://api.test/slow', { method: 'POST', body: 'hi' });
          return new Response((await response.text()) + ' after ' + (Date.now() - before));
        },
      };
      """;

  private static final String UPSTREAM =
      """
      export default {
        async fetch(request) {
          await scheduler.wait(250);
          return new Response('you said ' + (await request.text()), { status: 201 });
        },
      };
      """;

  @Test
  void aScriptAnswersInVirtualTime() throws Exception {
    WorkerUpstream upstream =
        new WorkerUpstream(
            WorkerSource.inMemory("up.js", Map.of("up.js", UPSTREAM.getBytes(UTF_8))),
            WorkerOptions.named("upstream"));
    Plan plan = Plans.of(WORKER, CrossRequest.FOLLOW, upstream, "/a", "/b");
    Run run =
        dev.whence.runtime.SteppedWorker.onIsolateThread(
            () -> {
              try (Stage stage = new Stage(plan.source(), plan.options())) {
                return new Rehearsal(stage, plan.requests(), upstream)
                    .run(
                        new Schedule(1, List.of(1), 0, List.of()),
                        Chooser.FIRST,
                        Rehearsal.Conditions.CALM);
              } finally {
                upstream.close();
              }
            });

    assertThat(run.visits().get(1).answer().bodyText()).isEqualTo("you said hi after 250");
  }

  @Test
  void anExplorationWithItFindsNothingWhereNothingIs() throws Exception {
    WorkerUpstream upstream =
        new WorkerUpstream(
            WorkerSource.inMemory("up.js", Map.of("up.js", UPSTREAM.getBytes(UTF_8))),
            WorkerOptions.named("upstream"));
    Report report =
        Explorer.explore(
            Plans.of(WORKER, CrossRequest.FOLLOW, upstream, "/a", "/b"),
            Explorer.Budget.schedules(60));

    assertThat(report.findings()).isEmpty();
  }

  @Test
  void aStarInAUrlMatchesAnything() {
    Stubs.Stub stub =
        new Stubs.Stub("https://*.test/a/*", new Upstream.Reply(200, List.of(), new byte[0]));

    assertThat(stub.matches("https://api.test/a/b?c")).isTrue();
    assertThat(stub.matches("https://api.test/b")).isFalse();
  }
}
