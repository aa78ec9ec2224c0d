package dev.whence.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which requests can never be done. No clock is involved (workers-semantics.md, 2.1–2.3).
 *
 * <p>A request without a pending event and without a queued turn is <i>suspected</i>. It is judged
 * once every event that had been signalled by then has run, so help that was on its way arrives
 * first (5.7). A suspect that waits for another request's promise is not hung as long as some
 * request it reaches over such waits can still make progress; if none can, the requests at the
 * bottom of the wait-for graph are hung: single ones, or cycles of requests that wait for each
 * other (2.12). Those above them are judged again when the bottom has ended.
 *
 * <p>Thread: loop.
 */
final class HangDetector {
  private static final long UNMARKED = -1;

  private final ArrayDeque<RequestContext> suspects = new ArrayDeque<>();

  /** Takes a request under suspicion if nothing is there to bring it forward. */
  void inspect(RequestContext context) {
    if (context.hasEnded() || context.suspected || context.isComplete() || !context.isQuiet()) {
      return;
    }
    context.suspected = true;
    context.suspectedAfter = UNMARKED;
    suspects.add(context);
  }

  /**
   * Notes for new suspects which turns come before their judgement: those that have been signalled
   * by now.
   *
   * @param lastReady number of the turn that became ready last
   */
  void mark(long lastReady) {
    for (Iterator<RequestContext> newest = suspects.descendingIterator(); newest.hasNext(); ) {
      RequestContext suspect = newest.next();
      if (suspect.suspectedAfter != UNMARKED) {
        return;
      }
      suspect.suspectedAfter = lastReady;
    }
  }

  boolean hasSuspects() {
    return !suspects.isEmpty();
  }

  /** The hung requests among the suspects whose time to be judged has come. */
  List<Hang> judge(ReadyTurns ready) {
    List<Hang> hangs = new ArrayList<>();
    while (!suspects.isEmpty() && !ready.holdsUpTo(suspects.peek().suspectedAfter)) {
      RequestContext suspect = suspects.remove();
      suspect.suspected = false;
      if (!isStuck(suspect) || isNamed(hangs, suspect)) {
        continue;
      }
      hangs.addAll(hungFrom(suspect));
    }
    return hangs;
  }

  private static boolean isNamed(List<Hang> hangs, RequestContext context) {
    return hangs.stream().anyMatch(hang -> hang.request() == context);
  }

  private static boolean isStuck(RequestContext context) {
    return !context.hasEnded() && !context.isComplete() && context.isQuiet();
  }

  /** Empty when a request that can make progress is reachable. */
  private static List<Hang> hungFrom(RequestContext suspect) {
    Set<RequestContext> reachable = new LinkedHashSet<>();
    ArrayDeque<RequestContext> open = new ArrayDeque<>(List.of(suspect));
    while (!open.isEmpty()) {
      RequestContext context = open.remove();
      if (!isStuck(context)) {
        return List.of();
      }
      if (reachable.add(context)) {
        open.addAll(context.followed());
      }
    }
    List<Hang> hangs = new ArrayList<>();
    for (List<RequestContext> component : bottomComponents(reachable)) {
      List<RequestContext> cycle =
          component.size() > 1 || component.get(0).followed().contains(component.get(0))
              ? component
              : List.of();
      for (RequestContext context : component) {
        hangs.add(new Hang(context, Hang.What.of(context), cycle));
      }
    }
    return hangs;
  }

  /**
   * The sets of requests that wait for each other and for nobody else: a node reaches exactly its
   * own component when everything it reaches reaches it back. The sets met here are small (requests
   * that wait for each other's promises), so reachability is computed directly.
   */
  private static List<List<RequestContext>> bottomComponents(Set<RequestContext> nodes) {
    Map<RequestContext, Set<RequestContext>> reach = new LinkedHashMap<>();
    List<List<RequestContext>> components = new ArrayList<>();
    Set<RequestContext> placed = new LinkedHashSet<>();
    for (RequestContext node : nodes) {
      Set<RequestContext> fromNode = reachableFrom(node, reach);
      boolean isBottom =
          fromNode.stream().allMatch(other -> reachableFrom(other, reach).contains(node));
      if (isBottom && placed.add(node)) {
        List<RequestContext> component = new ArrayList<>();
        component.add(node);
        for (RequestContext other : fromNode) {
          if (placed.add(other)) {
            component.add(other);
          }
        }
        components.add(component);
      }
    }
    return components;
  }

  private static Set<RequestContext> reachableFrom(
      RequestContext start, Map<RequestContext, Set<RequestContext>> known) {
    Set<RequestContext> result = known.get(start);
    if (result != null) {
      return result;
    }
    result = new LinkedHashSet<>();
    ArrayDeque<RequestContext> open = new ArrayDeque<>(start.followed());
    while (!open.isEmpty()) {
      RequestContext context = open.remove();
      if (result.add(context)) {
        open.addAll(context.followed());
      }
    }
    known.put(start, result);
    return result;
  }
}
