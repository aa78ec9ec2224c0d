package dev.whence.explore;

import dev.whence.explain.Cause;
import dev.whence.explain.CauseJson;
import dev.whence.explain.JsonText;
import java.util.List;

/**
 * Findings as lines of JSON (the contract of docs/explore.md).
 *
 * <p>Thread: any (immutable).
 */
public final class FindingJson {
  private FindingJson() {}

  /** One object on one line, without a line feed. */
  public static String finding(Finding finding, List<RequestSpec> specs) {
    StringBuilder out = new StringBuilder("{");
    JsonText.key(out, "cause").append(cause(finding));
    JsonText.key(out, "requests").append('[');
    for (int request : finding.run().visits().keySet()) {
      JsonText.string(JsonText.separate(out), specs.get(request - 1).label());
    }
    out.append(']');
    JsonText.key(out, "steps").append(finding.run().steps().size());
    JsonText.key(out, "schedules").append(Math.max(1, finding.foundAfter()));
    JsonText.string(JsonText.key(out, "replay"), finding.token().text());
    return out.append('}').toString();
  }

  private static String cause(Finding finding) {
    Cause cause = finding.cause();
    if (cause != null) {
      return CauseJson.write(cause);
    }
    Issue issue = finding.issue();
    StringBuilder out = new StringBuilder("{");
    JsonText.string(JsonText.key(out, "kind"), finding.kind());
    JsonText.string(JsonText.key(out, "summary"), issue.summary());
    JsonText.key(out, "request").append(issue.request());
    String expected = issue.expected();
    if (expected != null) {
      JsonText.string(JsonText.key(out, "expected"), expected);
    }
    String got = issue.got();
    if (got != null) {
      JsonText.string(JsonText.key(out, "got"), got);
    }
    return out.append('}').toString();
  }

  /** The last line. */
  public static String summary(Report report, long millis) {
    StringBuilder out = new StringBuilder("{");
    JsonText.key(out, "summary").append('{');
    JsonText.key(out, "findings").append(report.findings().size());
    JsonText.key(out, "schedules").append(report.statistics().schedules());
    JsonText.key(out, "distinct").append(report.statistics().distinct());
    JsonText.key(out, "ms").append(millis);
    return out.append("}}").toString();
  }
}
