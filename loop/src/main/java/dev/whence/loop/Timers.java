package dev.whence.loop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Timers of all requests of one isolate, by due time, then by creation (rule 8.5).
 *
 * <p>Cancelled timers leave the queue lazily, and at the latest when they outnumber the live ones.
 *
 * <p>Thread: loop.
 */
final class Timers {
  /**
   * A timer that has not fired.
   *
   * @param token the worker's id of it
   */
  record Timer(RequestContext owner, long token, long dueMillis, long sequence)
      implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(dueMillis, other.dueMillis);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  /** Timers are numbered apart from all else, so their pending events get tokens of their own. */
  private static final long EVENT_BIT = 1L << 62;

  private final PriorityQueue<Timer> queue = new PriorityQueue<>();
  private final Map<Long, Timer> live = new LinkedHashMap<>();
  private long sequence;

  void start(RequestContext owner, long token, long dueMillis) {
    Timer timer = new Timer(owner, token, dueMillis, ++sequence);
    live.put(token, timer);
    queue.add(timer);
  }

  /** The token of a timer's pending event. */
  static long eventToken(long token) {
    return token | EVENT_BIT;
  }

  /** The timer behind a pending event. */
  static long timerOf(long eventToken) {
    return eventToken & ~EVENT_BIT;
  }

  void cancelByEvent(long eventToken) {
    cancel(timerOf(eventToken));
  }

  @Nullable RequestContext cancel(long token) {
    Timer timer = live.remove(token);
    if (timer == null) {
      return null;
    }
    if (queue.size() > 64 && queue.size() > 2 * live.size()) {
      queue.removeIf(queued -> !queued.equals(live.get(queued.token())));
    }
    return timer.owner();
  }

  /** Due time of the next live timer, or {@link Long#MAX_VALUE}. */
  long nextDueMillis() {
    Timer next = peek();
    return next == null ? Long.MAX_VALUE : next.dueMillis();
  }

  /** Takes the next timer that is due by then, or null. */
  @Nullable Timer takeDue(long nowMillis) {
    Timer next = peek();
    if (next == null || next.dueMillis() > nowMillis) {
      return null;
    }
    queue.remove();
    live.remove(next.token());
    return next;
  }

  private @Nullable Timer peek() {
    Timer next = queue.peek();
    while (next != null && (!next.equals(live.get(next.token())) || next.owner().hasEnded())) {
      queue.remove();
      live.remove(next.token(), next);
      next = queue.peek();
    }
    return next;
  }

  int size() {
    return live.size();
  }
}
