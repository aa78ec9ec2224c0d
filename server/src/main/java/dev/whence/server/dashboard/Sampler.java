package dev.whence.server.dashboard;

import dev.whence.runtime.Timeline;
import dev.whence.runtime.TraceItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Takes in every request that ended and gives out, for each stretch of time, a uniform sample of
 * the ordinary ones, all that matter, and exact counts. Nothing is turned into JSON before it is
 * known to be kept.
 *
 * <p>Thread: any; guarded by this.
 */
final class Sampler {
  private final int ordinaryLimit;
  private final int matteringLimit;
  private final SplittableRandom random;
  private final List<Seen> ordinary = new ArrayList<>();
  private final List<Seen> mattering = new ArrayList<>();
  private long ordinarySeen;
  private long lastNumber;
  private Counts counts = Counts.NONE;

  private record Seen(long number, TraceItem item, @Nullable Timeline timeline) {
    EndedRequest toEnded() {
      return EndedRequest.of(number, item, timeline);
    }
  }

  /**
   * What is shown of a stretch of time.
   *
   * @param kept in the order of their ends
   */
  record Sample(List<EndedRequest> kept, Counts counts) {}

  /**
   * Limits apply to one stretch of time.
   *
   * @param ordinaryLimit so many are kept of those that ended well
   * @param matteringLimit so many are kept of those that matter: a bound on memory, which only a
   *     flood of failures reaches
   */
  Sampler(int ordinaryLimit, int matteringLimit, SplittableRandom random) {
    this.ordinaryLimit = ordinaryLimit;
    this.matteringLimit = matteringLimit;
    this.random = random;
  }

  synchronized void ended(TraceItem item, @Nullable Timeline timeline) {
    boolean matters = EndedRequest.matters(item);
    counts = counts.and(new Counts(1, item.failed() ? 1 : 0, matters ? 1 : 0));
    Seen seen = new Seen(++lastNumber, item, timeline);
    if (!matters) {
      keepByChance(seen);
    } else if (mattering.size() < matteringLimit) {
      mattering.add(seen);
    }
  }

  /** Algorithm R: after n of them, each has been kept with the same chance. */
  private void keepByChance(Seen seen) {
    ordinarySeen++;
    if (ordinary.size() < ordinaryLimit) {
      ordinary.add(seen);
      return;
    }
    long place = random.nextLong(ordinarySeen);
    if (place < ordinaryLimit) {
      ordinary.set((int) place, seen);
    }
  }

  /** What came since the last call. */
  Sample take() {
    List<Seen> kept;
    Counts all;
    synchronized (this) {
      kept = new ArrayList<>(ordinary);
      kept.addAll(mattering);
      all = counts;
      ordinary.clear();
      mattering.clear();
      ordinarySeen = 0;
      counts = Counts.NONE;
    }
    kept.sort(Comparator.comparingLong(Seen::number));
    return new Sample(kept.stream().map(Seen::toEnded).toList(), all);
  }
}
