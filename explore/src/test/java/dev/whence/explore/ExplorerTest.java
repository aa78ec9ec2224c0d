package dev.whence.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.runtime.CrossRequest;
import org.junit.jupiter.api.Test;

class ExplorerTest {
  private static final String GLOBAL_MUTEX =
      """
      let blocker = null;
      export default {
        async fetch(request) {
          if (blocker) await blocker;
          blocker = new Promise((done) => setTimeout(done, 20000));
          await blocker;
          blocker = null;
          return new Response('done');
        },
      };
      """;

  private static final String SWAPPED =
      """
      let user;
      export default {
        async fetch(request) {
          user = new URL(request.url).pathname;
          await scheduler.wait(10);
          return new Response('for ' + user);
        },
      };
      """;

  private static final String NOT_SWAPPED =
      """
      export default {
        async fetch(request) {
          const user = new URL(request.url).pathname;
          await scheduler.wait(10);
          return new Response('for ' + user + ' at ' + Date.now() + ' ' + crypto.randomUUID());
        },
      };
      """;

  private static final String MEMOISED =
      """
      let config;
      export default {
        async fetch(request) {
          config ??= fetch('https://config.test/').then((r) => r.text());
          return new Response(await config);
        },
      };
      """;

  private static Report explore(Plan plan, int schedules) throws Exception {
    return Explorer.explore(plan, Explorer.Budget.schedules(schedules));
  }

  @Test
  void findsAHangAndShrinksItToTwoRequests() throws Exception {
    Report report = explore(Plans.of(GLOBAL_MUTEX, CrossRequest.CANCEL, "/a", "/b", "/c"), 100);

    assertThat(report.findings()).hasSize(1);
    assertThat(report.findings().get(0).requestCount()).isEqualTo(2);
    assertThat(report.findings().get(0).kind()).isEqualTo("hang");
  }

  @Test
  void findsAnAnswerThatIsAnothers() throws Exception {
    Report report = explore(Plans.of(SWAPPED, CrossRequest.FOLLOW, "/ann", "/bob"), 60);

    assertThat(report.findings()).extracting(Finding::kind).containsExactly("different-answer");
    assertThat(explore(Plans.of(NOT_SWAPPED, CrossRequest.FOLLOW, "/ann", "/bob"), 200).findings())
        .isEmpty();
  }

  @Test
  void findsWhatAClientThatLeavesDoesToOthers() throws Exception {
    Plan plan =
        Plans.of(
            MEMOISED,
            CrossRequest.FOLLOW,
            Plans.stub("https://config.test/*", 200, "hi"),
            "/a",
            "/b");
    Report report = explore(plan, 200);
    assertThat(report.findings()).isNotEmpty();
  }

  @Test
  void independentRequestsWithManyEventsAreNotAccused() throws Exception {
    String busy =
        """
        export default {
          async fetch() {
            let text = '';
            for (let i = 0; i < 3; i++) text += await (await fetch('https://api.test/' + i)).text();
            await scheduler.wait(5);
            return new Response(text);
          },
        };
        """;
    Plan plan =
        Plans.of(busy, CrossRequest.FOLLOW, Plans.stub("https://api.test/*", 200, "x"), "/a", "/b");
    Report report = explore(plan, 300);

    assertThat(report.findings()).isEmpty();
    assertThat(report.statistics().decisions()).isGreaterThan(25);
  }

  @Test
  void aClassicScriptIsExploredAsWell() throws Exception {
    String script =
        """
        let blocker;
        addEventListener('fetch', (event) => event.respondWith(handle()));
        async function handle() {
          blocker ??= new Promise((done) => setTimeout(done, 1000));
          await blocker;
          return new Response('done');
        }
        """;
    Plan plan = Plans.of(script, CrossRequest.CANCEL, "/a", "/b");
    Finding finding = explore(plan, 40).findings().get(0);

    assertThat(finding.requestCount()).isEqualTo(2);
    assertThat(java.util.Objects.requireNonNull(finding.cause()).store()).contains("blocker");
    Report again = Explorer.replay(plan, Token.parse(finding.token().text()));
    assertThat(again.findings().get(0).trace()).isEqualTo(finding.trace());
  }

  @Test
  void aMissingStubIsToldWithItsRemedy() {
    assertThatThrownBy(() -> explore(Plans.of(MEMOISED, CrossRequest.CANCEL, "/a"), 10))
        .isInstanceOf(MissingStubException.class)
        .hasMessageContaining("--stub 'https://config.test/=FILE'");
  }

  @Test
  void aTokenReplaysTheSameTrace() throws Exception {
    Plan plan = Plans.of(GLOBAL_MUTEX, CrossRequest.CANCEL, "/a", "/b");
    Finding finding = explore(plan, 50).findings().get(0);
    Token token = Token.parse(finding.token().text());
    Report again = Explorer.replay(plan, token);
    assertThat(again.findings()).hasSize(1);
    assertThat(again.findings().get(0).trace()).isEqualTo(finding.trace());
  }
}
