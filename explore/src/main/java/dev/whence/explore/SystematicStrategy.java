package dev.whence.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every schedule with no deviation, then every one with one, with two, and so on (delay-bounded
 * scheduling, Emmi et al., 2011). What cannot make a difference is left out: happenings that only
 * change places with a turn that queues nothing, and the order of requests that are the same.
 *
 * <p>Thread: the explorer's.
 */
final class SystematicStrategy implements Strategy {
  private static final int MOST_DEVIATIONS = 3;
  private static final int MOST_QUEUED = 200_000;

  private final List<ArrayDeque<Schedule>> queues = new ArrayList<>();
  private final int[] done = new int[MOST_DEVIATIONS + 1];
  private final Chance chance;
  private @Nullable Schedule running;
  private int queued;
  private boolean isTruncated;

  private SystematicStrategy(long seed) {
    this.chance = new Chance(seed);
    for (int depth = 0; depth <= MOST_DEVIATIONS; depth++) {
      queues.add(new ArrayDeque<>());
    }
  }

  /** Schedules of one request alone. */
  static SystematicStrategy alone(long seed, int request) {
    SystematicStrategy strategy = new SystematicStrategy(seed);
    strategy.add(new Schedule(seed, List.of(request), 0, List.of()));
    return strategy;
  }

  SystematicStrategy(long seed, int requests) {
    this(seed);
    List<Integer> all = new ArrayList<>();
    for (int request = 1; request <= requests; request++) {
      all.add(request);
    }
    add(new Schedule(seed, all, 0, List.of()));
    for (int request : all) {
      add(new Schedule(seed, all, request, List.of()));
    }
  }

  private void add(Schedule schedule) {
    if (queued >= MOST_QUEUED) {
      isTruncated = true;
      return;
    }
    queued++;
    ArrayDeque<Schedule> queue = queues.get(schedule.deviations().size());
    // Not in order, so that a budget that ends early has looked at beginnings and ends.
    if (chance.percent(50)) {
      queue.addFirst(schedule);
    } else {
      queue.addLast(schedule);
    }
  }

  @Override
  public @Nullable Plan next() {
    for (ArrayDeque<Schedule> queue : queues) {
      Schedule schedule = queue.poll();
      if (schedule != null) {
        running = schedule;
        return new Plan(schedule, new ReplayChooser(schedule.deviations()));
      }
    }
    return null;
  }

  @Override
  public void learn(Run run) {
    Schedule schedule = running;
    if (schedule == null) {
      return;
    }
    List<Deviation> planned = schedule.deviations();
    done[planned.size()]++;
    if (planned.size() == MOST_DEVIATIONS
        || !run.schedule().deviations().equals(planned)
        || run.isCutOff()) {
      return;
    }
    List<Run.Point> points = run.points();
    int begin = 0;
    for (int i = 0; i < points.size(); i++) {
      if (points.get(i).isDeviation()) {
        begin = i + 1;
      }
    }
    for (int i = begin; i < points.size(); i++) {
      for (String key : points.get(i).alternatives()) {
        List<Deviation> more = new ArrayList<>(planned);
        more.add(new Deviation(i - begin, key));
        add(schedule.with(more));
      }
    }
  }

  /** How much of the bounded space was covered, in words. */
  String coverage() {
    for (int depth = 0; depth <= MOST_DEVIATIONS; depth++) {
      int left = queues.get(depth).size();
      if (left > 0) {
        String begun = done[depth] + " of " + (done[depth] + left) + " with " + preemptions(depth);
        return depth == 0
            ? begun
            : "all "
                + sum(depth)
                + " schedules with at most "
                + preemptions(depth - 1)
                + ", "
                + begun;
      }
    }
    return "all "
        + sum(MOST_DEVIATIONS + 1)
        + " schedules with at most "
        + preemptions(MOST_DEVIATIONS)
        + (isTruncated ? " that were kept" : "");
  }

  private int sum(int depths) {
    int sum = 0;
    for (int depth = 0; depth < depths; depth++) {
      sum += done[depth];
    }
    return sum;
  }

  private static String preemptions(int count) {
    return count == 1 ? "1 preemption" : count + " preemptions";
  }
}
