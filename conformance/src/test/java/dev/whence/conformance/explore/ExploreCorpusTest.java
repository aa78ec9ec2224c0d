package dev.whence.conformance.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.explore.Explorer;
import dev.whence.explore.Finding;
import dev.whence.explore.Report;
import dev.whence.explore.Token;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the explorer finds in workers whose fault is known, and that it accuses no repaired one. */
class ExploreCorpusTest {
  private static final int BUDGET = 300;

  static List<ExploreCase> cases() {
    return ExploreCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsTheFault(ExploreCase faulty) throws Exception {
    Report report = Explorer.explore(faulty.buggy(), Explorer.Budget.schedules(BUDGET));

    assertThat(report.findings()).extracting(Finding::kind).contains(faulty.kind());
    Finding first = report.findings().get(0);
    Report again = Explorer.replay(faulty.buggy(), Token.parse(first.token().text()));
    assertThat(again.findings()).anyMatch(finding -> finding.trace().equals(first.trace()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesNotAccuseTheTwin(ExploreCase repaired) throws Exception {
    Report report = Explorer.explore(repaired.fixed(), Explorer.Budget.schedules(BUDGET));

    assertThat(report.findings()).as(() -> describe(report)).isEmpty();
  }

  private static String describe(Report report) {
    StringBuilder text = new StringBuilder();
    report
        .findings()
        .forEach(finding -> text.append(finding.summary()).append('\n').append(finding.trace()));
    return text.toString();
  }
}
