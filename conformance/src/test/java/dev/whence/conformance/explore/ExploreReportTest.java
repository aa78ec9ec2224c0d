package dev.whence.conformance.explore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.explore.Explorer;
import dev.whence.explore.Finding;
import dev.whence.explore.Plan;
import dev.whence.explore.Report;
import dev.whence.explore.RequestSpec;
import dev.whence.explore.Stubs;
import dev.whence.explore.Token;
import dev.whence.explore.Upstream;
import dev.whence.explore.Volatile;
import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Limits;
import dev.whence.runtime.Provenance;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How good and how quick the explorer is, printed: {@code ./mvnw -Pslow -pl conformance -am test
 * -Dtest=ExploreReportTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("slow")
class ExploreReportTest {
  private static final int BUDGET = 1_000;
  private static final int REPLAYS = Integer.getInteger("whence.replays", 100);
  private static final int WARM_UP = 4_000;
  private static final int MEASURED = 4_000;

  /** Each request has some ten decisions: a subrequest with a body, and a timer. */
  private static final String BUSY =
      """
      export default {
        async fetch(request) {
          const text = await (await fetch('https://api.test/x')).text();
          await scheduler.wait(5);
          return new Response(text);
        },
      };
      """;

  @Test
  void theCorpus() throws Exception {
    int found = 0;
    List<Integer> firsts = new ArrayList<>();
    List<ExploreCase> cases = ExploreCase.all();
    for (ExploreCase faulty : cases) {
      Report report = Explorer.explore(faulty.buggy(), Explorer.Budget.schedules(BUDGET));
      if (!report.findings().isEmpty()) {
        found++;
        Finding first = report.findings().get(0);
        firsts.add(first.foundAfter());
        Token token = Token.parse(first.token().text());
        int same = 0;
        for (int i = 0; i < REPLAYS; i++) {
          Report again = Explorer.replay(faulty.buggy(), token);
          if (again.findings().stream().anyMatch(one -> one.trace().equals(first.trace()))) {
            same++;
          }
        }
        assertThat(same).as("replays of " + faulty).isEqualTo(REPLAYS);
      }
      assertThat(Explorer.explore(faulty.fixed(), Explorer.Budget.schedules(BUDGET)).findings())
          .as("findings in the twin of " + faulty)
          .isEmpty();
    }
    firsts.sort(null);
    System.out.printf(
        "found %d of %d, first finding after %d schedules (median)%n",
        found, cases.size(), firsts.get(firsts.size() / 2));
    assertThat(found).isEqualTo(cases.size());
  }

  @Test
  void theSpeed() throws Exception {
    Upstream.Reply reply = new Upstream.Reply(200, List.of(), "x".getBytes(UTF_8));
    Plan plan =
        new Plan(
            WorkerSource.inMemory("busy.js", Map.of("busy.js", BUSY.getBytes(UTF_8))),
            new WorkerOptions(
                "busy",
                Map.of(),
                null,
                List.of(),
                CrossRequest.FOLLOW,
                false,
                false,
                false,
                Provenance.SITES,
                true,
                Limits.defaults()),
            List.of(RequestSpec.get("/a"), RequestSpec.get("/b")),
            List.of(),
            new Stubs(List.of(new Stubs.Stub("https://api.test/*", reply))),
            Volatile.usual(),
            "0",
            1);
    long[] marks = new long[2];
    Report report =
        Explorer.explore(
            plan,
            soFar -> {
              if (soFar.schedules() == WARM_UP) {
                marks[0] = System.nanoTime();
              }
              marks[1] = System.nanoTime();
              return soFar.schedules() < WARM_UP + MEASURED;
            });

    double perSecond = MEASURED / ((marks[1] - marks[0]) / 1e9);
    System.out.printf("%.0f schedules/s: %s%n", perSecond, report.statistics());
    assertThat(perSecond).isGreaterThan(100);
  }
}
