package dev.whence.explore;

import org.jspecify.annotations.Nullable;

/**
 * A way to choose schedules, one after the other.
 *
 * <p>Thread: the explorer's.
 */
interface Strategy {
  /**
   * What is to be run.
   *
   * @param schedule without the deviations that the chooser makes
   */
  record Plan(Schedule schedule, Chooser chooser) {}

  /** The next schedule; null when there is none left. */
  @Nullable Plan next();

  /** How that one went. */
  default void learn(Run run) {}
}
