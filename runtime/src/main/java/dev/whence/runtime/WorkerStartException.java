package dev.whence.runtime;

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

  public WorkerStartException(String message, @Nullable Site site) {
    super(message);
    this.site = site;
  }

  /** The place in the author's file, or null when there is none. */
  public @Nullable Site site() {
    return site;
  }
}
