package dev.whence.runtime;

import dev.whence.explain.Cause;
import org.jspecify.annotations.Nullable;

/**
 * A worker could not be started: its script has a syntax error, a module is missing, or its
 * top-level code failed. The message is one line; the site, when known, points into the author's
 * file.
 */
public final class WorkerStartException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Where it happened.
   *
   * @param file path as the author knows it
   * @param line counted from 1
   * @param column counted from 1
   * @param sourceLine text of that line
   */
  public record Site(String file, int line, int column, String sourceLine) {}

  private final transient @Nullable Site site;
  private final transient @Nullable Cause explanation;

  public WorkerStartException(String message, @Nullable Site site) {
    this(message, site, null);
  }

  /**
   * A failure with more to say than its message.
   *
   * @param explanation null when there is none
   */
  public WorkerStartException(String message, @Nullable Site site, @Nullable Cause explanation) {
    super(message);
    this.site = site;
    this.explanation = explanation;
  }

  /** The place in the author's file, or null when there is none. */
  public @Nullable Site site() {
    return site;
  }

  /** What the top-level code did that needs a request; null when it failed of something else. */
  public @Nullable Cause explanation() {
    return explanation;
  }
}
