package dev.whence.explore;

import dev.whence.explain.Cause;
import org.jspecify.annotations.Nullable;

/**
 * A bug that was found, with the smallest schedule that shows it.
 *
 * <p>Thread: any (immutable).
 *
 * @param run of the smallest schedule, with places recorded
 * @param count of schedules that showed it
 * @param foundAfter how many schedules had run when it was seen first
 */
public record Finding(Issue issue, Run run, int count, int foundAfter, Token token) {

  /** One sentence. */
  public String summary() {
    return issue.summary();
  }

  /** Why; null when nothing hung and nothing was misused. */
  public @Nullable Cause cause() {
    return issue.cause();
  }

  /** {@code hang}, {@code cross-request-io}, {@code different-answer} or {@code new-exception}. */
  public String kind() {
    return issue.kind().wireName();
  }

  /** Findings of the same shape are one. */
  String shape() {
    if (issue.kind() != Issue.Kind.DIFFERENT_ANSWER) {
      return issue.key();
    }
    StringBuilder shape = new StringBuilder(issue.kind().wireName());
    shape
        .append(' ')
        .append(firstLine(issue.expected()))
        .append(' ')
        .append(firstLine(issue.got()));
    shape.append(' ').append(requestCount());
    run.schedule().deviations().forEach(deviation -> shape.append(deviation.key().charAt(0)));
    return shape.toString();
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }

  /** How many requests it takes. */
  public int requestCount() {
    return run.schedule().requests().size();
  }

  /** All that happened, as text. */
  public String trace() {
    return run.trace();
  }
}
