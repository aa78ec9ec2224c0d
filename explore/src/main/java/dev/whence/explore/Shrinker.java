package dev.whence.explore;

import dev.whence.runtime.WorkerStartException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a schedule smaller while it still shows an issue: fewer requests, a cold isolate, fewer
 * deviations, and with them no fault that does not matter.
 *
 * <p>Thread: the explorer's.
 */
final class Shrinker {
  private static final int MOST_TRIALS = 400;

  /** Whether a schedule shows what is looked for. */
  interface Trial {
    boolean shows(Schedule schedule) throws WorkerStartException;
  }

  private final Trial trial;
  private Schedule best;
  private int trials;

  private Shrinker(Schedule schedule, Trial trial) {
    this.best = schedule;
    this.trial = trial;
  }

  /** The smallest that was found. */
  static Schedule shrink(Schedule schedule, Trial trial) throws WorkerStartException {
    Shrinker shrinker = new Shrinker(schedule, trial);
    shrinker.run();
    return shrinker.best;
  }

  private void run() throws WorkerStartException {
    boolean isSmaller = true;
    while (isSmaller && trials < MOST_TRIALS) {
      isSmaller = fewerRequests();
      if (best.warm() != 0) {
        isSmaller |= accepts(best.cold());
      }
      isSmaller |= fewerDeviations();
    }
    inOtherOrder();
    sooner();
  }

  private boolean accepts(Schedule smaller) throws WorkerStartException {
    if (trials >= MOST_TRIALS) {
      return false;
    }
    trials++;
    if (!trial.shows(smaller)) {
      return false;
    }
    best = smaller;
    return true;
  }

  private boolean fewerRequests() throws WorkerStartException {
    boolean any = false;
    for (int request : best.requests()) {
      if (best.requests().size() > 1 && best.requests().contains(request)) {
        any |= accepts(best.without(request));
      }
    }
    return any;
  }

  /** Halves first, then single ones. */
  private boolean fewerDeviations() throws WorkerStartException {
    boolean any = false;
    for (int size = best.deviations().size(); size >= 1; size /= 2) {
      for (int from = best.deviations().size() - size; from >= 0; from -= size) {
        if (from + size <= best.deviations().size()) {
          Schedule smaller = best;
          for (int i = from + size - 1; i >= from; i--) {
            smaller = smaller.withoutDeviation(i);
          }
          any |= accepts(smaller);
        }
      }
    }
    return any;
  }

  /** Another natural order of arrival may spare a deviation. */
  private void inOtherOrder() throws WorkerStartException {
    List<Integer> requests = best.requests();
    for (int first = 1; first < requests.size(); first++) {
      List<Integer> order = new ArrayList<>(requests);
      order.add(0, order.remove(first));
      Schedule other = new Schedule(best.seed(), order, best.warm(), best.deviations());
      for (int i = 0; i < best.deviations().size(); i++) {
        if (accepts(other.withoutDeviation(i))) {
          boolean unused = fewerDeviations();
          return;
        }
      }
    }
  }

  /** Lets deviations happen as soon as they can: the table has fewer steps between. */
  private void sooner() throws WorkerStartException {
    for (int i = 0; i < best.deviations().size(); i++) {
      Deviation deviation = best.deviations().get(i);
      if (deviation.after() > 0) {
        List<Deviation> changed = new ArrayList<>(best.deviations());
        changed.set(i, new Deviation(0, deviation.key()));
        boolean unused = accepts(best.with(changed));
      }
    }
  }
}
