package dev.whence.server.dashboard;

/**
 * How many requests ended in a stretch of time, whether they are shown or not.
 *
 * <p>Thread: any (immutable).
 *
 * @param ended all of them
 * @param failed those that did not end well
 * @param mattered those that are never left out for the sake of speed
 */
record Counts(long ended, long failed, long mattered) {
  static final Counts NONE = new Counts(0, 0, 0);

  Counts and(Counts other) {
    return new Counts(ended + other.ended, failed + other.failed, mattered + other.mattered);
  }
}
