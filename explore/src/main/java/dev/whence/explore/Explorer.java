package dev.whence.explore;

import dev.whence.explain.Cause;
import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.SteppedWorker;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerStartException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Explores the schedules of a few requests against a worker.
 *
 * <p>Thread: it brings its own; one exploration at a time.
 */
public final class Explorer {
  /** Decides how long an exploration goes on, and may show how it goes. Thread: the explorer's. */
  @FunctionalInterface
  public interface Budget {
    /** Whether another schedule shall be run. */
    boolean goOn(Statistics soFar);

    /** So many schedules. */
    static Budget schedules(int most) {
      return soFar -> soFar.schedules() < most;
    }
  }

  private static final int MOST_FINDINGS = 50;

  /** When nothing systematic is left, so many schedules that differ from none before are enough. */
  private static final int MOST_WITHOUT_NEWS = 400;

  private final Plan plan;
  private final WorkerOptions options;
  private final Map<String, Found> found = new LinkedHashMap<>();
  private final Map<String, Cause> risks = new LinkedHashMap<>();
  private final Set<Long> signatures = new LinkedHashSet<>();
  private int schedules;
  private int decisions;

  /** A finding in the making. */
  private static final class Found {
    final Issue issue;
    final Schedule schedule;
    final int foundAfter;
    int count = 1;

    Found(Issue issue, Schedule schedule, int foundAfter) {
      this.issue = issue;
      this.schedule = schedule;
      this.foundAfter = foundAfter;
    }
  }

  private Explorer(Plan plan, CrossRequest mode) {
    this.plan = plan;
    this.options = plan.options().with(mode);
  }

  /**
   * Explores until the budget is spent.
   *
   * @throws WorkerStartException if the worker does not start
   * @throws MissingStubException if it makes a subrequest that nothing answers
   */
  public static Report explore(Plan plan, Budget budget) throws Exception {
    return SteppedWorker.onIsolateThread(() -> new Explorer(plan, plan.mode()).explore(budget));
  }

  /**
   * Runs one schedule again.
   *
   * @return what it shows; no finding when it shows none any more
   */
  public static Report replay(Plan plan, Token token) throws Exception {
    CrossRequest mode = token.mode() == 'f' ? CrossRequest.FOLLOW : CrossRequest.CANCEL;
    return SteppedWorker.onIsolateThread(() -> new Explorer(plan, mode).replay(token));
  }

  private Report explore(Budget budget) throws WorkerStartException {
    try (Stage stage = new Stage(plan.source(), options)) {
      Rehearsal rehearsal = new Rehearsal(stage, plan.requests(), plan.upstream());
      int requests = plan.requests().size();
      Oracle oracle = new Oracle(rehearsal, requests, plan.seed(), plan.ignored());
      oracle.prepare();
      for (Run run : oracle.soloRuns()) {
        collect(run, oracle.judge(run));
      }
      SystematicStrategy systematic = new SystematicStrategy(plan.seed(), requests);
      List<Strategy> strategies =
          List.of(
              systematic,
              new PriorityStrategy(plan.seed() + 1, requests),
              new RandomStrategy(plan.seed() + 2, requests));
      int sinceNew = 0;
      boolean isExhausted = false;
      for (int turn = 0;
          !(isExhausted && sinceNew > MOST_WITHOUT_NEWS)
              && budget.goOn(statistics(systematic, stage));
          turn++) {
        Strategy strategy = strategies.get(turn % strategies.size());
        Strategy.Plan next = strategy.next();
        if (next == null) {
          isExhausted = true;
          continue;
        }
        Run run = rehearsal.run(next.schedule(), next.chooser(), Rehearsal.Conditions.USUAL);
        strategy.learn(run);
        schedules++;
        sinceNew = signatures.add(run.signature()) ? 0 : sinceNew + 1;
        decisions = Math.max(decisions, run.points().size());
        collect(run, oracle.judge(run));
      }
      List<Finding> findings = new ArrayList<>();
      for (Found one : found.values()) {
        Finding finding = finish(one, rehearsal, stage, oracle);
        if (finding != null) {
          findings.add(finding);
        }
      }
      return new Report(merged(findings), risksBeside(), statistics(systematic, stage));
    } finally {
      plan.upstream().close();
    }
  }

  /** Risks at other places than the findings. */
  private List<Cause> risksBeside() {
    return risks.entrySet().stream()
        .filter(risk -> !found.containsKey(risk.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private Statistics statistics(SystematicStrategy systematic, Stage stage) {
    return new Statistics(
        schedules,
        signatures.size(),
        found.size(),
        decisions,
        systematic.coverage(),
        stage.isolates());
  }

  private void collect(Run run, List<Issue> issues) {
    Set<String> seen = new LinkedHashSet<>();
    for (Issue issue : issues) {
      if (seen.add(issue.key())) {
        Found known = found.get(issue.key());
        if (known != null) {
          known.count++;
        } else if (found.size() < MOST_FINDINGS) {
          found.put(issue.key(), new Found(issue, run.schedule(), schedules));
        }
      }
    }
    for (Run.Visited visited : run.visits().values()) {
      TraceItem item = visited.item();
      if (item != null) {
        item.whence().risks().forEach(risk -> risks.putIfAbsent(Issue.key(risk), risk));
      }
    }
  }

  /**
   * Shrinks it, and runs it once more on an isolate of its own; null when it does not show there.
   */
  private @Nullable Finding finish(Found one, Rehearsal rehearsal, Stage stage, Oracle oracle)
      throws WorkerStartException {
    String key = one.issue.key();
    Schedule smallest =
        Shrinker.shrink(
            one.schedule,
            schedule -> shows(oracle, rehearsal.replay(schedule, USUAL), key) != null);
    stage.renew();
    Run run = rehearsal.replay(smallest, TOLD);
    // That run was looked into closely, which leaves the isolate slower.
    stage.renew();
    Issue issue = shows(oracle, run, key);
    if (issue == null) {
      return null;
    }
    return new Finding(issue, run, one.count, one.foundAfter, token(run.schedule()));
  }

  private static final Rehearsal.Conditions USUAL = Rehearsal.Conditions.USUAL;
  private static final Rehearsal.Conditions TOLD = Rehearsal.Conditions.TOLD;

  private static @Nullable Issue shows(Oracle oracle, Run run, String key) {
    for (Issue issue : oracle.judge(run)) {
      if (issue.key().equals(key)) {
        return issue;
      }
    }
    return null;
  }

  /**
   * Wrong answers have no place in the code by which to tell them apart: those that came about in
   * the same way are one finding.
   */
  private static List<Finding> merged(List<Finding> findings) {
    Map<String, Finding> kept = new LinkedHashMap<>();
    for (Finding finding : findings) {
      kept.merge(
          finding.shape(),
          finding,
          (first, second) ->
              new Finding(
                  first.issue(),
                  first.run(),
                  first.count() + second.count(),
                  first.foundAfter(),
                  first.token()));
    }
    return List.copyOf(kept.values());
  }

  private Token token(Schedule schedule) {
    char mode = options.crossRequest() == CrossRequest.FOLLOW ? 'f' : 'c';
    return new Token(new Token.ReplayPlan(schedule), mode, plan.check(), plan.paths());
  }

  private Report replay(Token token) throws WorkerStartException {
    try (Stage stage = new Stage(plan.source(), options)) {
      Rehearsal rehearsal = new Rehearsal(stage, plan.requests(), plan.upstream());
      Schedule schedule = token.plan().schedule();
      Oracle oracle =
          new Oracle(rehearsal, plan.requests().size(), schedule.seed(), plan.ignored());
      oracle.prepare();
      stage.renew();
      Run run = rehearsal.replay(schedule, TOLD);
      schedules = 1;
      signatures.add(run.signature());
      decisions = run.points().size();
      collect(run, oracle.judge(run));
      List<Finding> findings = new ArrayList<>();
      for (Found one : found.values()) {
        findings.add(new Finding(one.issue, run, 1, 1, token(schedule)));
      }
      return new Report(
          findings,
          risksBeside(),
          new Statistics(1, 1, findings.size(), decisions, "one schedule", stage.isolates()));
    } finally {
      plan.upstream().close();
    }
  }
}
