package dev.whence.explore;

import dev.whence.explain.Cause;
import dev.whence.explain.JsonText;
import dev.whence.explain.Site;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Findings in the Static Analysis Results Interchange Format 2.1.0, which code hosts show beside
 * the code.
 *
 * <p>Thread: any (immutable).
 */
public final class Sarif {
  private Sarif() {}

  /**
   * The whole file, one line.
   *
   * @param entry the worker's file, for findings without a place
   * @param replay the command that replays a finding
   */
  public static String render(
      String entry, Report report, List<RequestSpec> specs, Function<Finding, String> replay) {
    StringBuilder out = new StringBuilder("{");
    JsonText.string(
        JsonText.key(out, "$schema"),
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
    JsonText.string(JsonText.key(out, "version"), "2.1.0");
    JsonText.key(out, "runs").append("[{");
    JsonText.key(out, "tool").append("{\"driver\":{\"name\":\"whence explore\",\"rules\":[");
    Set<String> rules = new LinkedHashSet<>();
    report.findings().forEach(finding -> rules.add(rule(finding)));
    for (String rule : rules) {
      JsonText.string(JsonText.key(JsonText.separate(out).append('{'), "id"), rule).append('}');
    }
    out.append("]}}");
    JsonText.key(out, "results").append('[');
    for (Finding finding : report.findings()) {
      JsonText.separate(out).append('{');
      result(out, entry, finding, specs, replay.apply(finding));
      out.append('}');
    }
    return out.append("]}]}").toString();
  }

  private static String rule(Finding finding) {
    Cause cause = finding.cause();
    return cause == null ? finding.kind() : cause.kind().wireName();
  }

  private static void result(
      StringBuilder out, String entry, Finding finding, List<RequestSpec> specs, String replay) {
    JsonText.string(JsonText.key(out, "ruleId"), rule(finding));
    JsonText.string(JsonText.key(out, "level"), "error");
    String label = specs.get(finding.issue().request() - 1).label();
    Cause cause = finding.cause();
    String fix = cause == null ? "" : " Try: " + cause.fix();
    JsonText.key(out, "message").append('{');
    JsonText.string(
        JsonText.key(out, "text"), label + ": " + finding.summary() + fix + " Replay: " + replay);
    out.append('}');
    Optional<Site> place =
        cause == null
            ? Optional.empty()
            : cause
                .awaited()
                .firstOfAuthor()
                .or(() -> cause.awaited().top())
                .or(() -> cause.created().top());
    JsonText.key(out, "locations").append('[');
    location(out, place.orElse(new Site(entry, 1, 1, null, false)));
    out.append(']');
    if (cause != null && cause.created().isKnown()) {
      JsonText.key(out, "relatedLocations").append('[');
      cause.created().top().ifPresent(site -> location(out, site));
      out.append(']');
    }
    JsonText.key(out, "partialFingerprints").append('{');
    JsonText.string(JsonText.key(out, "whenceFinding/v1"), finding.issue().key());
    out.append('}');
  }

  private static void location(StringBuilder out, Site site) {
    out.append("{\"physicalLocation\":{\"artifactLocation\":{");
    JsonText.string(JsonText.key(out, "uri"), site.file());
    out.append("},\"region\":{\"startLine\":").append(site.line());
    out.append(",\"startColumn\":").append(site.column()).append("}}}");
  }
}
