package dev.whence.explore;

import java.util.List;
import java.util.function.Function;

/**
 * Findings as a JUnit report, which CI servers read: one test case a finding, or one that passed.
 *
 * <p>Thread: any (immutable).
 */
public final class JUnitXml {
  private JUnitXml() {}

  /**
   * The whole file.
   *
   * @param replay the command that replays a finding
   */
  public static String render(
      String worker,
      Report report,
      List<RequestSpec> specs,
      Function<Finding, String> replay,
      long millis) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    int findings = report.findings().size();
    out.append("<testsuite name=\"").append(escaped("whence explore " + worker));
    out.append("\" tests=\"").append(Math.max(1, findings));
    out.append("\" failures=\"").append(findings);
    out.append("\" time=\"").append(millis / 1000).append('.');
    out.append(String.format("%03d", millis % 1000)).append("\">\n");
    if (findings == 0) {
      out.append("  <testcase classname=\"").append(escaped(worker));
      out.append("\" name=\"").append(report.statistics().schedules()).append(" schedules\"/>\n");
    }
    for (int i = 0; i < findings; i++) {
      Finding finding = report.findings().get(i);
      String label = specs.get(finding.issue().request() - 1).label();
      out.append("  <testcase classname=\"").append(escaped(worker));
      out.append("\" name=\"").append(escaped(label + ": " + finding.kind())).append("\">\n");
      out.append("    <failure type=\"").append(finding.kind());
      out.append("\" message=\"").append(escaped(finding.summary())).append("\">");
      out.append(escaped(FindingText.render(i + 1, finding, specs, replay.apply(finding), false)));
      out.append("</failure>\n  </testcase>\n");
    }
    return out.append("</testsuite>\n").toString();
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\n', '\t' -> out.appendCodePoint(point);
                default -> out.appendCodePoint(Character.isISOControl(point) ? ' ' : point);
              }
            });
    return out.toString();
  }
}
