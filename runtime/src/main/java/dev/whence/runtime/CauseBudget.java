package dev.whence.runtime;

/**
 * Bounds the work of explaining, for workers of which every request hangs: in each second of the
 * loop's time the first hangs are explained in full, the next ones in brief, the rest not at all.
 *
 * <p>Thread: the isolate's.
 */
final class CauseBudget {
  /** How much may be spent on one cause. */
  enum Level {
    FULL,
    /** Without where things are kept. */
    BRIEF,
    NONE
  }

  private static final long SECOND_MILLIS = 1_000;
  static final int FULL_PER_SECOND = 10;
  static final int ALL_PER_SECOND = 500;

  private long secondStartMillis = Long.MIN_VALUE;
  private int taken;

  Level take(long nowMillis) {
    if (nowMillis >= secondStartMillis + SECOND_MILLIS || nowMillis < secondStartMillis) {
      secondStartMillis = nowMillis;
      taken = 0;
    }
    taken++;
    if (taken <= FULL_PER_SECOND) {
      return Level.FULL;
    }
    return taken <= ALL_PER_SECOND ? Level.BRIEF : Level.NONE;
  }
}
