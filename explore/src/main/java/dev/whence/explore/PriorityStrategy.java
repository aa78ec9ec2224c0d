package dev.whence.explore;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Probabilistic concurrency testing (Burckhardt et al., 2010): every request, and time, has a
 * random priority; the highest that can go on does; at a few random moments the highest becomes the
 * lowest. A bug that needs d such moments among n requests and k decisions is found with a
 * probability of at least 1/(n·k^(d-1)) by each schedule.
 *
 * <p>Thread: the explorer's.
 */
final class PriorityStrategy implements Strategy {
  private static final int MOST_CHANGES = 3;

  private final Chance chance;
  private final int requests;

  /** Decisions of the longest rehearsal so far. */
  private int length = 12;

  PriorityStrategy(long seed, int requests) {
    this.chance = new Chance(seed);
    this.requests = requests;
  }

  @Override
  public Plan next() {
    Chance own = new Chance(chance.seed());
    return new Plan(RandomStrategy.startingPoint(own, requests), new Priorities(own));
  }

  @Override
  public void learn(Run run) {
    length = Math.max(length, Math.min(run.points().size(), 400));
  }

  private final class Priorities implements Chooser {
    /** Requests and time (0), the highest priority first. */
    private final List<Integer> order = new ArrayList<>();

    private final Set<Integer> changes = new LinkedHashSet<>();
    private final int faultAt;
    private final int faultPick;
    private int decision;

    Priorities(Chance own) {
      for (int process = 0; process <= requests; process++) {
        order.add(own.below(order.size() + 1), process);
      }
      int count = own.below(MOST_CHANGES + 1);
      for (int i = 0; i < count; i++) {
        changes.add(own.below(length));
      }
      faultAt = own.percent(35) ? own.below(length) : Integer.MAX_VALUE;
      faultPick = own.below(1 << 20);
    }

    @Override
    public int choose(List<Choice> enabled) {
      decision++;
      if (decision > faultAt) {
        int calm = 0;
        while (calm < enabled.size() && !enabled.get(calm).kind().isFault()) {
          calm++;
        }
        if (calm < enabled.size() && decision < faultAt + 12) {
          return calm + faultPick % (enabled.size() - calm);
        }
      }
      int best = best(enabled);
      if (changes.remove(decision)) {
        Integer top = enabled.get(best).request();
        order.remove(top);
        order.add(top);
        best = best(enabled);
      }
      return best;
    }

    private int best(List<Choice> enabled) {
      for (int process : order) {
        for (int i = 0; i < enabled.size(); i++) {
          Choice choice = enabled.get(i);
          if (choice.request() == process && !choice.kind().isFault()) {
            return i;
          }
        }
      }
      return 0;
    }
  }
}
