package dev.whence.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The timeline of one request while it grows. Bounded: see {@link Timeline#LIMIT}.
 *
 * <p>Thread: the isolate's.
 */
final class RequestTimeline {
  private static final long UNFINISHED = -1;

  private final long startMicros;
  private final long startNanos;
  private final List<Timeline.TurnBlock> turns = new ArrayList<>(4);
  private final List<Span> pending = new ArrayList<>(2);
  private final List<Span> follows = new ArrayList<>(0);
  private final Map<Long, Span> open = new HashMap<>(4);
  private long turnStart;
  private long endMicros = UNFINISHED;
  private int leftOut;

  /** A span of time that may not have ended. */
  private static final class Span {
    final long start;
    final String kind;
    final String what;
    long end = UNFINISHED;

    Span(long start, String kind, String what) {
      this.start = start;
      this.kind = kind;
      this.what = what;
    }

    @Nullable Long endOrNull() {
      return end == UNFINISHED ? null : (Long) end;
    }
  }

  /**
   * Begins now.
   *
   * @param startMicros now, since the epoch
   * @param nanos now, on the clock that the other methods use
   */
  RequestTimeline(long startMicros, long nanos) {
    this.startMicros = startMicros;
    this.startNanos = nanos;
  }

  private long micros(long nanos) {
    return (nanos - startNanos) / 1_000;
  }

  void turnStarted(long nanos) {
    turnStart = micros(nanos);
  }

  void turnEnded(long nanos, String kind) {
    if (turns.size() < Timeline.LIMIT) {
      turns.add(new Timeline.TurnBlock(turnStart, micros(nanos) - turnStart, kind));
    } else {
      leftOut++;
    }
  }

  void pendingStarted(long nanos, long token, String kind, String what) {
    begin(pending, token, new Span(micros(nanos), kind, what));
  }

  void followStarted(long nanos, long token, String owner) {
    begin(follows, token, new Span(micros(nanos), "", owner));
  }

  private void begin(List<Span> spans, long token, Span span) {
    if (spans.size() < Timeline.LIMIT) {
      spans.add(span);
      open.put(token, span);
    } else {
      leftOut++;
    }
  }

  /** A pending event or a follow is over; those that were left out are unknown. */
  void finished(long nanos, long token) {
    Span span = open.remove(token);
    if (span != null) {
      span.end = micros(nanos);
    }
  }

  void ended(long nanos) {
    endMicros = micros(nanos);
  }

  /** Owners of the promises that it waits for now, without repetition. */
  List<String> followedNow() {
    return follows.stream()
        .filter(span -> span.end == UNFINISHED)
        .map(span -> span.what)
        .distinct()
        .toList();
  }

  /** As it is at that time. */
  Timeline at(long nanos) {
    return new Timeline(
        startMicros,
        endMicros == UNFINISHED ? micros(nanos) : endMicros,
        turns,
        pending.stream()
            .map(s -> new Timeline.PendingSpan(s.start, s.endOrNull(), s.kind, s.what))
            .toList(),
        follows.stream().map(s -> new Timeline.FollowSpan(s.start, s.endOrNull(), s.what)).toList(),
        leftOut);
  }
}
