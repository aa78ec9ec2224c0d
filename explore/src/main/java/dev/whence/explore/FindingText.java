package dev.whence.explore;

import dev.whence.explain.Cause;
import dev.whence.explain.CauseText;
import java.util.List;

/**
 * A finding for a terminal: what it is, the schedule as a table, the card, and the line that
 * replays it.
 *
 * <p>Thread: any (immutable).
 */
public final class FindingText {
  private static final int MOST_LINES = 14;

  private FindingText() {}

  /**
   * Several lines, each ended by a line feed.
   *
   * @param number counted from 1
   * @param specs all requests of the exploration
   * @param replay the command that replays it
   */
  public static String render(
      int number, Finding finding, List<RequestSpec> specs, String replay, boolean isColoured) {
    StringBuilder out = new StringBuilder();
    String subject = specs.get(finding.issue().request() - 1).label();
    out.append(number).append(". ").append(bold(headline(finding, subject), isColoured));
    out.append('\n').append("   ").append(seen(finding)).append("\n\n");
    out.append(ScheduleTable.render(finding.run(), specs, finding.issue().request()));
    out.append('\n');
    Cause cause = finding.cause();
    if (cause == null) {
      difference(out, finding);
    } else {
      out.append(isColoured ? CauseText.coloured(cause, subject) : CauseText.plain(cause, subject));
    }
    out.append("\nreplay: ").append(replay).append('\n');
    return out.toString();
  }

  private static String headline(Finding finding, String subject) {
    return switch (finding.issue().kind()) {
      case HANG -> subject + " hangs";
      case CROSS_REQUEST_IO -> subject + " uses an object of another request";
      case DIFFERENT_ANSWER -> subject + " gets an answer that it never gets alone";
      case NEW_EXCEPTION -> subject + " throws what it never throws alone";
    };
  }

  private static String seen(Finding finding) {
    String requests =
        finding.requestCount() == 1 ? "1 request" : finding.requestCount() + " requests";
    int decisions = finding.run().schedule().deviations().size();
    return requests
        + ", "
        + (decisions == 1 ? "1 decision" : decisions + " decisions")
        + "; seen in "
        + finding.count()
        + (finding.count() == 1 ? " schedule" : " schedules")
        + (finding.foundAfter() == 0
            ? ", also without any concurrency"
            : ", first after " + finding.foundAfter());
  }

  private static void difference(StringBuilder out, Finding finding) {
    Issue issue = finding.issue();
    if (issue.kind() == Issue.Kind.NEW_EXCEPTION) {
      out.append(issue.summary()).append('\n');
      String stack = issue.got();
      if (stack != null) {
        indented(out, stack);
      }
      return;
    }
    String expected = issue.expected();
    String got = issue.got();
    out.append("alone, for example:\n");
    indented(out, expected == null ? "" : expected);
    out.append("now:\n");
    indented(out, got == null ? "" : got);
  }

  private static void indented(StringBuilder out, String text) {
    text.lines()
        .limit(MOST_LINES)
        .forEach(line -> out.append("  ").append(printable(line)).append('\n'));
  }

  private static String printable(String line) {
    StringBuilder safe = new StringBuilder();
    line.codePoints()
        .limit(200)
        .forEach(point -> safe.appendCodePoint(Character.isISOControl(point) ? ' ' : point));
    return safe.toString();
  }

  private static String bold(String text, boolean isColoured) {
    return isColoured ? "\u001b[1m" + text + "\u001b[0m" : text;
  }
}
