package dev.whence.cli;

import dev.whence.cli.options.Arguments;
import dev.whence.cli.options.Option;
import dev.whence.cli.print.Colours;
import dev.whence.explain.Cause;
import dev.whence.explain.CauseText;
import dev.whence.explore.Finding;
import dev.whence.explore.FindingJson;
import dev.whence.explore.FindingText;
import dev.whence.explore.JUnitXml;
import dev.whence.explore.Plan;
import dev.whence.explore.Report;
import dev.whence.explore.Sarif;
import dev.whence.explore.Statistics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Prints what an exploration has found.
 *
 * <p>Thread: the main one.
 */
final class ExplorePrinter {
  /** Options that say how to explore, and mean nothing to a replay. */
  private static final Set<String> NOT_FOR_REPLAYS =
      Set.of(
          ExploreArguments.SCHEDULES,
          ExploreArguments.TIME,
          ExploreArguments.SEED,
          ExploreArguments.REPLAY,
          ExploreArguments.FORMAT);

  private final Console console;
  private final Plan plan;
  private final List<Option> options;
  private final Arguments given;
  private final String entry;

  ExplorePrinter(Console console, Plan plan, List<Option> options, Arguments given, String entry) {
    this.console = console;
    this.plan = plan;
    this.options = options;
    this.given = given;
    this.entry = entry;
  }

  void print(Report report, ExploreArguments.Format format, long millis) throws IOException {
    switch (format) {
      case PRETTY -> pretty(report, millis);
      case JSON -> {
        report
            .findings()
            .forEach(finding -> write(FindingJson.finding(finding, plan.requests()) + "\n"));
        write(FindingJson.summary(report, millis) + "\n");
        report.risks().forEach(risk -> console.say("risk: " + risk.summary()));
      }
      case JUNIT -> write(JUnitXml.render(entry, report, plan.requests(), this::replay, millis));
      case SARIF -> write(Sarif.render(entry, report, plan.requests(), this::replay) + "\n");
    }
    console.out().flush();
  }

  private void pretty(Report report, long millis) {
    boolean isColoured = Colours.of(1, console.environment()) == Colours.ON;
    for (int i = 0; i < report.findings().size(); i++) {
      Finding finding = report.findings().get(i);
      write(
          FindingText.render(i + 1, finding, plan.requests(), replay(finding), isColoured) + "\n");
    }
    if (!report.risks().isEmpty()) {
      write("Risks (nothing failed here, but it can):\n\n");
      for (Cause risk : report.risks()) {
        write((isColoured ? CauseText.coloured(risk, null) : CauseText.plain(risk, null)) + "\n");
      }
    }
    write(closing(report, millis));
  }

  private String closing(Report report, long millis) {
    Statistics statistics = report.statistics();
    int count = report.findings().size();
    String found = count == 0 ? "Nothing found" : count == 1 ? "1 finding" : count + " findings";
    int requests = plan.requests().size();
    return "%s in %d schedules of %s (%d distinct, %d/s, up to %d decisions each).%nCovered: %s.%n"
        .formatted(
            found,
            statistics.schedules(),
            requests == 1 ? "1 request" : requests + " requests",
            statistics.distinct(),
            statistics.schedules() * 1000L / Math.max(1, millis),
            statistics.decisions(),
            statistics.coverage());
  }

  /** The command that replays a finding. */
  private String replay(Finding finding) {
    StringBuilder command = new StringBuilder("whence explore");
    given.operands().forEach(operand -> command.append(' ').append(quoted(operand)));
    for (Option option : options) {
      if (NOT_FOR_REPLAYS.contains(option.name())) {
        continue;
      }
      for (String value : given.all(option.name())) {
        command.append(' ').append(option.name());
        if (option.label() != null) {
          command.append(' ').append(quoted(value));
        }
      }
    }
    return command + " --replay " + finding.token().text();
  }

  private static String quoted(String text) {
    return text.matches("[\\w./:=@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private void write(String text) {
    try {
      console.out().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
