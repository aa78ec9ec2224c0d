package dev.whence.runtime;

import org.jspecify.annotations.Nullable;

/** The worker's own fault at start-up, with its place in the author's file. */
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient WorkerStartException.@Nullable Site site;

  StartFailure(String message, WorkerStartException.@Nullable Site site) {
    super(message);
    this.site = site;
  }

  WorkerStartException.@Nullable Site site() {
    return site;
  }
}
