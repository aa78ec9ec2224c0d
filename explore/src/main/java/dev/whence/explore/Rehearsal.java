package dev.whence.explore;

import dev.whence.explain.Work;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.SteppedWorker;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.WorkerStartException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs the requests against a new instance of the worker, as a chooser decides.
 *
 * <p>Thread: the explorer's.
 */
final class Rehearsal {
  /** More decisions than this, and the rehearsal is cut off. */
  static final int MOST_DECISIONS = 3_000;

  /** When it is: 2026-01-01T00:00:00Z. */
  private static final long EPOCH = 1_767_225_600_000L;

  /**
   * How a rehearsal differs from others of the same schedule.
   *
   * @param told whether each step tells what its request waits for
   * @param shiftMillis moves the clock's start, to find out what depends on it
   * @param jitterMillis time that passes with each happening
   * @param chance is added to the seed
   * @param disconnects how many clients may leave
   * @param failures how many subrequests may fail
   */
  record Conditions(
      boolean told,
      long shiftMillis,
      long jitterMillis,
      long chance,
      int disconnects,
      int failures) {
    static final Conditions USUAL = new Conditions(false, 0, 0, 0, 1, 1);
    static final Conditions TOLD = new Conditions(true, 0, 0, 0, 1, 1);
    static final Conditions CALM = new Conditions(false, 0, 0, 0, 0, 0);

    static final Conditions FAILING = new Conditions(false, 0, 0, 0, 0, 1);

    Conditions shifted() {
      return new Conditions(told, 86_461_007, 13, 7919, disconnects, failures);
    }
  }

  private final Stage stage;
  private final List<RequestSpec> specs;
  private final Upstream upstream;

  Rehearsal(Stage stage, List<RequestSpec> specs, Upstream upstream) {
    this.stage = stage;
    this.specs = specs;
    this.upstream = upstream;
  }

  /** Replays a schedule. */
  Run replay(Schedule schedule, Conditions conditions) throws WorkerStartException {
    return run(schedule, new ReplayChooser(schedule.deviations()), conditions);
  }

  /** Runs the requests of a schedule; its deviations are the chooser's to make. */
  Run run(Schedule schedule, Chooser chooser, Conditions conditions) throws WorkerStartException {
    long seed = (schedule.seed() + conditions.chance()) & 0x7fffffff;
    VirtualClock clock = new VirtualClock(EPOCH + conditions.shiftMillis());
    Upstream.Session session = upstream.begin(clock, seed);
    World world = new World(specs, clock, session, seed);
    Map<Long, TraceItem> items = new LinkedHashMap<>();
    SteppedWorker.Instance instance =
        stage.start(
            clock,
            world,
            item -> items.put(Long.parseLong(item.whence().request().substring(1)), item),
            seed,
            conditions.told() ? SteppedWorker.Detail.FULL : SteppedWorker.Detail.PLACES);
    try {
      world.connect(instance);
      if (schedule.warm() != 0) {
        world.expect(List.of(schedule.warm()), 0, 0);
        new Course(world, instance, clock, Chooser.FIRST, conditions, items).play();
        world.forget();
      }
      world.expect(schedule.requests(), conditions.disconnects(), conditions.failures());
      Course course = new Course(world, instance, clock, chooser, conditions, items);
      course.play();
      return course.result(schedule);
    } finally {
      session.end();
      stage.end(instance);
    }
  }

  /** The decisions of one rehearsal, one after the other. */
  private static final class Course {
    private final World world;
    private final SteppedWorker.Instance instance;
    private final VirtualClock clock;
    private final Chooser chooser;
    private final Conditions conditions;
    private final Map<Long, TraceItem> items;
    private final long startMillis;
    private final List<Step> steps = new ArrayList<>();
    private final List<Deviation> deviations = new ArrayList<>();
    private final List<Run.Point> points = new ArrayList<>();
    private final List<Map<Integer, String>> endings = new ArrayList<>();
    private final Set<Integer> ended = new LinkedHashSet<>();
    private final Map<Integer, Boolean> overlaps = new LinkedHashMap<>();
    private long signature = 17;
    private int passed;
    private boolean isCutOff;

    Course(
        World world,
        SteppedWorker.Instance instance,
        VirtualClock clock,
        Chooser chooser,
        Conditions conditions,
        Map<Long, TraceItem> items) {
      this.world = world;
      this.instance = instance;
      this.clock = clock;
      this.chooser = chooser;
      this.conditions = conditions;
      this.items = items;
      this.startMillis = clock.millis();
    }

    void play() {
      for (int decision = 0; ; decision++) {
        world.settle();
        noteEndings();
        List<Choice> enabled = world.enabled();
        if (enabled.isEmpty() || enabled.get(0).kind().isFault()) {
          return;
        }
        if (decision == MOST_DECISIONS) {
          isCutOff = true;
          return;
        }
        decide(enabled);
      }
    }

    private void decide(List<Choice> enabled) {
      int index = chooser.choose(enabled);
      Choice choice = enabled.get(index);
      if (index == 0) {
        passed++;
      } else {
        deviations.add(new Deviation(passed, choice.key()));
        passed = 0;
      }
      if (choice.kind() == Choice.Kind.RUN) {
        sign(choice.request());
        sign(choice.text().hashCode());
      } else if (choice.kind().isFault()) {
        sign(choice.key().hashCode());
        noteFailure(choice);
      }
      if (conditions.jitterMillis() != 0 && choice.kind() != Choice.Kind.RUN) {
        clock.moveTo(clock.millis() + conditions.jitterMillis());
      }
      int before = instance.readyTurns();
      choice.action().run();
      boolean queuedMore = instance.readyTurns() >= before;
      points.add(new Run.Point(alternatives(enabled, index, queuedMore), index != 0));
      steps.add(
          new Step(
              choice.request(),
              choice.key(),
              clock.millis() - startMillis,
              choice.text(),
              waits(choice.request()),
              Map.of(),
              index != 0));
      endings.add(new LinkedHashMap<>());
    }

    private void noteEndings() {
      if (endings.isEmpty()) {
        return;
      }
      for (World.Visit visit : world.visits().values()) {
        TraceItem item = items.get(visit.number);
        if (item != null && ended.add(visit.request)) {
          endings.get(endings.size() - 1).put(visit.request, ending(item));
        }
      }
    }

    private static String ending(TraceItem item) {
      if (item.whence().cause() != null) {
        return item.outcome() == Outcome.OK ? "its background work hangs" : "hangs";
      }
      if (item.outcome() == Outcome.OK && item.event() instanceof TraceItem.FetchEvent fetch) {
        return "answers " + fetch.status();
      }
      return "ends: " + item.outcome().wireName();
    }

    /**
     * What else could have happened. Letting something outside happen before a turn that queues
     * nothing is the same as after it, since turns run in the order in which they became ready.
     */
    private static List<String> alternatives(List<Choice> enabled, int index, boolean queuedMore) {
      List<String> keys = new ArrayList<>();
      boolean faultsOnly = enabled.get(0).kind() == Choice.Kind.RUN && index == 0 && !queuedMore;
      for (int i = 1; i < enabled.size(); i++) {
        if (i != index && (enabled.get(i).kind().isFault() || !faultsOnly)) {
          keys.add(enabled.get(i).key());
        }
      }
      return keys;
    }

    private void noteFailure(Choice choice) {
      if (choice.kind() == Choice.Kind.FAILURE) {
        world
            .visits()
            .values()
            .forEach(visit -> overlaps.put(visit.request, instance.isLive(visit.number)));
      }
    }

    private void sign(long value) {
      signature = (signature ^ value) * 0x100000001b3L;
    }

    private List<String> waits(int request) {
      World.Visit visit = world.visits().get(request);
      return !conditions.told() || visit == null
          ? List.of()
          : instance.waitsFor(visit.number).stream().map(Work::text).toList();
    }

    Run result(Schedule schedule) {
      List<Step> told = new ArrayList<>();
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        told.add(
            new Step(
                step.request(),
                step.key(),
                step.millis(),
                step.text(),
                step.waits(),
                endings.get(i),
                step.isDeviation()));
      }
      Map<Integer, Run.Visited> visits = new LinkedHashMap<>();
      world
          .visits()
          .forEach(
              (request, visit) ->
                  visits.put(
                      request,
                      new Run.Visited(
                          visit.number,
                          visit.client.answer(),
                          items.get(visit.number),
                          visit.clientLeft,
                          overlaps.getOrDefault(request, false))));
      return new Run(schedule.with(deviations), told, visits, signature, points, isCutOff);
    }
  }
}
