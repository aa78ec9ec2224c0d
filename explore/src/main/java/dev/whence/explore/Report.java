package dev.whence.explore;

import dev.whence.explain.Cause;
import java.util.List;

/**
 * What an exploration found.
 *
 * <p>Thread: any (immutable).
 *
 * @param risks what did not fail, but can
 */
public record Report(List<Finding> findings, List<Cause> risks, Statistics statistics) {
  public Report {
    findings = List.copyOf(findings);
    risks = List.copyOf(risks);
  }
}
