package dev.whence.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request did, when, and what it waited for. Times are microseconds from its start, but for
 * {@code startMicros} itself.
 *
 * <p>Thread: any (immutable).
 *
 * @param startMicros when it was opened, since the epoch
 * @param durationMicros until its end, or until now while it is in flight
 * @param turns each entry into its JavaScript, in order; at most {@link #LIMIT}
 * @param pending outside work it started, in order; at most {@link #LIMIT}
 * @param follows its waits for other requests' promises, in order; at most {@link #LIMIT}
 * @param leftOut how many turns, pending events and follows came after a limit was reached
 */
public record Timeline(
    long startMicros,
    long durationMicros,
    List<TurnBlock> turns,
    List<PendingSpan> pending,
    List<FollowSpan> follows,
    int leftOut) {

  /** How many of each kind are kept; what comes later is only counted. */
  public static final int LIMIT = 200;

  public Timeline {
    turns = List.copyOf(turns);
    pending = List.copyOf(pending);
    follows = List.copyOf(follows);
  }

  /**
   * A turn.
   *
   * @param kind what it was about, for example {@code timer}
   */
  public record TurnBlock(long startMicros, long durationMicros, String kind) {}

  /**
   * A pending event.
   *
   * @param endMicros null while it is open, and when the request ended first
   * @param kind for example {@code timer}
   * @param what completes the sentence "waiting for …"
   */
  public record PendingSpan(long startMicros, @Nullable Long endMicros, String kind, String what) {}

  /**
   * A wait for another request's promise.
   *
   * @param endMicros null while it is open, and when the request ended first
   * @param owner who made the promise, for example {@code r1}, in the same isolate
   */
  public record FollowSpan(long startMicros, @Nullable Long endMicros, String owner) {}

  /** True when a limit was reached. */
  public boolean truncated() {
    return leftOut > 0;
  }

  /** One line of JSON (docs/dashboard.md). */
  public String toJson() {
    return TimelineJson.write(this);
  }
}
