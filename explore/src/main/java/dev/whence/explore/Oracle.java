package dev.whence.explore;

import dev.whence.explain.Cause;
import dev.whence.explain.CauseKind;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.WorkerStartException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells what is wrong with a rehearsal: hangs and uses across requests, and whatever no request
 * shows that runs alone, on a cold or on a warm isolate, before, after or without the others.
 *
 * <p>Thread: the explorer's.
 */
final class Oracle {
  /** All orders of so many requests are tried one after the other; of more, some. */
  private static final int MOST_PERMUTED = 4;

  /** Schedules of one request alone that are looked at. */
  private static final int MOST_ALONE = 40;

  private final Rehearsal rehearsal;
  private final int requests;
  private final long seed;
  private final Volatile ignored;
  private final Map<Integer, Set<Template>> answers = new LinkedHashMap<>();
  private final Map<Integer, Set<Template>> faultyAnswers = new LinkedHashMap<>();
  private final Map<Integer, String> examples = new LinkedHashMap<>();
  private final Map<Integer, Set<String>> exceptions = new LinkedHashMap<>();
  private final Map<Integer, Set<String>> faultyExceptions = new LinkedHashMap<>();
  private final Set<String> backgroundHangs = new LinkedHashSet<>();
  private final List<Run> soloRuns = new ArrayList<>();

  Oracle(Rehearsal rehearsal, int requests, long seed, Volatile ignored) {
    this.rehearsal = rehearsal;
    this.requests = requests;
    this.seed = seed;
    this.ignored = ignored;
    for (int request = 1; request <= requests; request++) {
      answers.put(request, new LinkedHashSet<>());
      faultyAnswers.put(request, new LinkedHashSet<>());
      exceptions.put(request, new LinkedHashSet<>());
      faultyExceptions.put(request, new LinkedHashSet<>());
    }
  }

  /** Finds out what the requests do when they are not disturbed. */
  void prepare() throws WorkerStartException {
    List<Integer> all = new ArrayList<>();
    for (int request = 1; request <= requests; request++) {
      all.add(request);
    }
    for (int request : all) {
      undisturbed(new Schedule(seed, List.of(request), 0, List.of()));
      learnAlone(request);
    }
    for (int request : all) {
      for (int before : all) {
        undisturbed(new Schedule(seed, List.of(request), before, List.of()));
      }
    }
    if (requests > 1) {
      for (List<Integer> order : orders(all)) {
        undisturbed(new Schedule(seed, order, 0, List.of()));
      }
    }
  }

  private void undisturbed(Schedule schedule) throws WorkerStartException {
    Run run = rehearsal.run(schedule, Chooser.FIRST, Rehearsal.Conditions.CALM);
    Run shifted = rehearsal.run(schedule, Chooser.FIRST, Rehearsal.Conditions.CALM.shifted());
    soloRuns.add(run);
    learn(run, shifted, answers, exceptions);
  }

  private void learn(
      Run run,
      Run shifted,
      Map<Integer, Set<Template>> templates,
      Map<Integer, Set<String>> messages) {
    run.visits()
        .forEach(
            (request, visited) -> {
              String text = ignored.text(visited.answer());
              Run.Visited other = shifted.visits().get(request);
              at(templates, request)
                  .add(Template.of(text, other == null ? text : ignored.text(other.answer())));
              examples.putIfAbsent(request, visited.answer().text());
              TraceItem item = visited.item();
              if (item != null) {
                item.exceptions().forEach(thrown -> at(messages, request).add(message(thrown)));
                Cause cause = item.whence().cause();
                if (cause != null) {
                  backgroundHangs.add(Issue.key(cause));
                }
              }
            });
  }

  /**
   * What a request does alone, whatever the order in which its own events come; and what it does
   * when a subrequest fails.
   */
  private void learnAlone(int request) throws WorkerStartException {
    learnAlone(request, Rehearsal.Conditions.CALM, answers, exceptions);
    learnAlone(request, Rehearsal.Conditions.FAILING, faultyAnswers, faultyExceptions);
  }

  private void learnAlone(
      int request,
      Rehearsal.Conditions conditions,
      Map<Integer, Set<Template>> templates,
      Map<Integer, Set<String>> messages)
      throws WorkerStartException {
    SystematicStrategy strategy = SystematicStrategy.alone(seed, request);
    for (int count = 0; count < MOST_ALONE; count++) {
      Strategy.Plan plan = strategy.next();
      if (plan == null) {
        return;
      }
      Run run = rehearsal.run(plan.schedule(), plan.chooser(), conditions);
      strategy.learn(run);
      learn(run, rehearsal.replay(run.schedule(), conditions.shifted()), templates, messages);
    }
  }

  private static <T> Set<T> at(Map<Integer, Set<T>> map, int request) {
    return map.computeIfAbsent(request, unused -> new LinkedHashSet<>());
  }

  private static List<List<Integer>> orders(List<Integer> all) {
    List<List<Integer>> orders = new ArrayList<>();
    if (all.size() > MOST_PERMUTED) {
      for (int first = 0; first < all.size(); first++) {
        List<Integer> order = new ArrayList<>(all.subList(first, all.size()));
        order.addAll(all.subList(0, first));
        orders.add(order);
      }
      return orders;
    }
    permute(List.of(), all, orders);
    return orders;
  }

  private static void permute(List<Integer> begun, List<Integer> left, List<List<Integer>> orders) {
    if (left.isEmpty()) {
      orders.add(begun);
    }
    for (Integer next : left) {
      List<Integer> longer = new ArrayList<>(begun);
      longer.add(next);
      List<Integer> fewer = new ArrayList<>(left);
      fewer.remove(next);
      permute(longer, fewer, orders);
    }
  }

  /** The runs in which nothing was disturbed: what is wrong there needs no schedule. */
  List<Run> soloRuns() {
    return soloRuns;
  }

  /** What is wrong with a rehearsal, by request. */
  List<Issue> judge(Run run) {
    List<Issue> issues = new ArrayList<>();
    run.visits().forEach((request, visited) -> judge(run, request, visited, issues));
    return issues;
  }

  private void judge(Run run, int request, Run.Visited visited, List<Issue> issues) {
    TraceItem item = visited.item();
    if (item == null || run.isCutOff()) {
      return;
    }
    Cause cause = item.whence().cause();
    if (cause != null) {
      boolean harmless =
          cause.kind() == CauseKind.BACKGROUND && backgroundHangs.contains(Issue.key(cause));
      if (!harmless) {
        issues.add(Issue.of(cause, request));
      }
      return;
    }
    if (visited.clientLeft() || item.outcome() == Outcome.CANCELED) {
      return;
    }
    for (TraceItem.ExceptionEntry thrown : item.exceptions()) {
      String message = message(thrown);
      boolean known =
          at(exceptions, request).contains(message)
              || (visited.overlapsFailure() && at(faultyExceptions, request).contains(message));
      if (!known) {
        issues.add(exception(request, thrown));
        return;
      }
    }
    String text = ignored.text(visited.answer());
    boolean known =
        matches(answers, request, text)
            || (visited.overlapsFailure() && matches(faultyAnswers, request, text));
    if (!known) {
      issues.add(difference(request, visited));
    }
  }

  private static boolean matches(
      Map<Integer, Set<Template>> templates, int request, String answer) {
    return at(templates, request).stream().anyMatch(template -> template.matches(answer));
  }

  private static Issue exception(int request, TraceItem.ExceptionEntry thrown) {
    return new Issue(
        Issue.Kind.NEW_EXCEPTION,
        "exception " + message(thrown),
        request,
        "it throws what it never throws alone: " + thrown.name() + ": " + thrown.message(),
        null,
        null,
        thrown.stack() == null ? null : thrown.stack());
  }

  private Issue difference(int request, Run.Visited visited) {
    return new Issue(
        Issue.Kind.DIFFERENT_ANSWER,
        "answer of " + request,
        request,
        "it gets an answer that it never gets alone.",
        null,
        examples.getOrDefault(request, ""),
        visited.answer().text());
  }

  /** Numbers in a message are chance. */
  private static String message(TraceItem.ExceptionEntry thrown) {
    return thrown.name() + ": " + thrown.message().replaceAll("\\d+", "0");
  }
}
