package dev.whence.explore;

import java.util.List;

/**
 * Decides what happens next in one rehearsal.
 *
 * <p>Thread: the explorer's.
 */
@FunctionalInterface
interface Chooser {
  /** What comes by itself. */
  Chooser FIRST = enabled -> 0;

  /**
   * Chooses.
   *
   * @param enabled what can happen; the first is what comes by itself
   * @return an index into it
   */
  int choose(List<Choice> enabled);
}
