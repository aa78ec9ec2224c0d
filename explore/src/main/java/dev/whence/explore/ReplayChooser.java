package dev.whence.explore;

import java.util.List;

/**
 * Chooses as a schedule says. A deviation that is not possible yet waits until it is; so a schedule
 * from which something was taken away still means something.
 *
 * <p>Thread: the explorer's.
 */
final class ReplayChooser implements Chooser {
  /** After so many decisions a deviation that never became possible is given up. */
  private static final int PATIENCE = 400;

  private final List<Deviation> deviations;
  private int next;
  private int passed;

  ReplayChooser(List<Deviation> deviations) {
    this.deviations = deviations;
  }

  @Override
  public int choose(List<Choice> enabled) {
    if (next < deviations.size()) {
      Deviation deviation = deviations.get(next);
      if (passed >= deviation.after()) {
        int index = indexOf(enabled, deviation.key());
        if (index >= 0) {
          next++;
          passed = 0;
          return index;
        }
        if (passed >= deviation.after() + PATIENCE) {
          next++;
          passed = 0;
        }
      }
      passed++;
    }
    return 0;
  }

  private static int indexOf(List<Choice> enabled, String key) {
    for (int i = 0; i < enabled.size(); i++) {
      if (enabled.get(i).key().equals(key)) {
        return i;
      }
    }
    return -1;
  }
}
