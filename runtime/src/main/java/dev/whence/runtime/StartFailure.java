package dev.whence.runtime;

import dev.whence.explain.Cause;
import org.jspecify.annotations.Nullable;

/** The worker's own fault at start-up, with its place in the author's file. */
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient WorkerStartException.@Nullable Site site;
  private final transient @Nullable Cause explanation;

  StartFailure(String message, WorkerStartException.@Nullable Site site) {
    this(message, site, null);
  }

  StartFailure(
      String message, WorkerStartException.@Nullable Site site, @Nullable Cause explanation) {
    super(message);
    this.site = site;
    this.explanation = explanation;
  }

  /** As a caller of the library gets it. */
  WorkerStartException toException() {
    return new WorkerStartException(String.valueOf(getMessage()), site, explanation);
  }
}
