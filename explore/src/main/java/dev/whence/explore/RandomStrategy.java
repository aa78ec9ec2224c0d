package dev.whence.explore;

import java.util.ArrayList;
import java.util.List;

/**
 * Schedules by chance: how often one deviates, from what and to what.
 *
 * <p>Thread: the explorer's.
 */
final class RandomStrategy implements Strategy {
  private static final int[] RESTLESSNESS = {8, 25, 60};

  private final Chance chance;
  private final int requests;

  RandomStrategy(long seed, int requests) {
    this.chance = new Chance(seed);
    this.requests = requests;
  }

  @Override
  public Plan next() {
    Chance own = new Chance(chance.seed());
    Schedule schedule = startingPoint(own, requests);
    int restlessness = RESTLESSNESS[own.below(RESTLESSNESS.length)];
    int faults = own.percent(40) ? 6 : 0;
    return new Plan(schedule, enabled -> choose(own, enabled, restlessness, faults));
  }

  /** Requests in any order, on a cold isolate or a warm one. */
  static Schedule startingPoint(Chance chance, int requests) {
    List<Integer> order = new ArrayList<>();
    for (int request = 1; request <= requests; request++) {
      order.add(chance.below(order.size() + 1), request);
    }
    int warm = chance.percent(20) ? 1 + chance.below(requests) : 0;
    return new Schedule(chance.seed(), order, warm, List.of());
  }

  private static int choose(Chance chance, List<Choice> enabled, int restlessness, int faults) {
    int calm = 0;
    while (calm < enabled.size() && !enabled.get(calm).kind().isFault()) {
      calm++;
    }
    if (calm < enabled.size() && chance.percent(faults)) {
      return calm + chance.below(enabled.size() - calm);
    }
    return calm > 1 && chance.percent(restlessness) ? chance.below(calm) : 0;
  }
}
