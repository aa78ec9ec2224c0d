package dev.whence.explore;

/**
 * A seeded source of chance that is the same on every machine (SplitMix64).
 *
 * <p>Thread: the explorer's.
 */
final class Chance {
  private long state;

  Chance(long seed) {
    this.state = seed;
  }

  private long next() {
    state += 0x9e3779b97f4a7c15L;
    long bits = state;
    bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
    return bits ^ (bits >>> 31);
  }

  /** From 0 up to, not including, the bound. */
  int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  /** True so many times in a hundred. */
  boolean percent(int chance) {
    return below(100) < chance;
  }

  /** A seed for another source. */
  long seed() {
    return next() & 0x7fffffff;
  }
}
