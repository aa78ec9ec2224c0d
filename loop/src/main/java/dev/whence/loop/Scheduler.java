package dev.whence.loop;

import java.util.List;

/**
 * The loop's only source of order.
 *
 * <p>Thread: loop.
 */
@FunctionalInterface
public interface Scheduler {
  /** Runs turns in the order in which they became ready. */
  Scheduler FIRST_COME = ready -> 0;

  /**
   * Chooses the next turn.
   *
   * @param ready a view of at least one turn, oldest first
   * @return an index into it
   */
  int choose(List<Turn> ready);
}
