package dev.whence.runtime;

/** How much is recorded to explain hangs with. */
public enum Provenance {
  /**
   * Who made each promise, and where other requests follow it. After a hang, {@link #SITES} for a
   * minute.
   */
  OWNERS,
  /** Also where each promise is made and awaited, and where timers and subrequests are started. */
  SITES,
  /**
   * Nothing, not even who made a promise: the rules across requests do not hold, and nothing is
   * explained. Only to measure what the other levels cost.
   */
  NONE
}
