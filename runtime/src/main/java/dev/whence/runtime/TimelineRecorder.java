package dev.whence.runtime;

import dev.whence.loop.LoopObserver;
import dev.whence.loop.PendingEvent;
import dev.whence.loop.RequestContext;
import dev.whence.loop.RequestId;
import dev.whence.loop.Turn;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Records the timelines of an isolate's requests, and gives them to the observers beside the trace
 * items.
 *
 * <p>Thread: the isolate's.
 */
final class TimelineRecorder implements LoopObserver {
  /** Descriptions hold URLs, which may be long. */
  private static final int LONGEST_TEXT = 300;

  /** One for all isolates, so that their requests can be compared. */
  private static final long EPOCH_MICROS =
      System.currentTimeMillis() * 1_000 - System.nanoTime() / 1_000;

  private final Observers observers;
  private final Map<Long, RequestTimeline> timelines = new HashMap<>();

  TimelineRecorder(Observers observers) {
    this.observers = observers;
  }

  /** A listener that hears what the given one hears, and then tells the observers. */
  TraceListener beside(TraceListener traces) {
    return item -> {
      try {
        traces.ended(item);
      } finally {
        publish(item);
      }
    };
  }

  private void publish(TraceItem item) {
    RequestTimeline timeline = timelines.isEmpty() ? null : timelines.remove(numberOf(item));
    if (!observers.isEmpty()) {
      observers.ended(item, timeline == null ? null : timeline.at(System.nanoTime()));
    }
  }

  /** A refused request has no number. */
  private static long numberOf(TraceItem item) {
    String name = item.whence().request();
    return name.matches("r\\d{1,18}") ? Long.parseLong(name.substring(1)) : 0;
  }

  /** The timeline of a live request, or null when it is not recorded. */
  @Nullable RequestTimeline find(RequestContext context) {
    return timelines.get(context.id().number());
  }

  @Override
  public void opened(RequestContext context) {
    long nanos = System.nanoTime();
    timelines.put(context.id().number(), new RequestTimeline(EPOCH_MICROS + nanos / 1_000, nanos));
  }

  @Override
  public void ended(RequestContext context) {
    record(context, RequestTimeline::ended);
  }

  @Override
  public void turnStarted(Turn turn) {
    record(turn.owner(), RequestTimeline::turnStarted);
  }

  @Override
  public void turnEnded(Turn turn) {
    record(turn.owner(), (timeline, nanos) -> timeline.turnEnded(nanos, name(turn.kind())));
  }

  @Override
  public void pendingStarted(RequestContext owner, PendingEvent event) {
    record(
        owner,
        (timeline, nanos) ->
            timeline.pendingStarted(
                nanos, event.token(), name(event.kind()), shown(event.description())));
  }

  @Override
  public void pendingFinished(RequestContext owner, long token) {
    record(owner, (timeline, nanos) -> timeline.finished(nanos, token));
  }

  @Override
  public void followStarted(RequestContext waiter, long token, RequestId owner) {
    record(waiter, (timeline, nanos) -> timeline.followStarted(nanos, token, owner.toString()));
  }

  @Override
  public void followFinished(RequestContext waiter, long token) {
    record(waiter, (timeline, nanos) -> timeline.finished(nanos, token));
  }

  private void record(RequestContext context, BiConsumer<RequestTimeline, Long> event) {
    RequestTimeline timeline = find(context);
    if (timeline != null) {
      event.accept(timeline, System.nanoTime());
    }
  }

  private static String name(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A description as it may be shown: secrets hidden, not too long. */
  static String shown(String description) {
    String redacted = Redaction.url(description);
    return redacted.length() <= LONGEST_TEXT
        ? redacted
        : redacted.substring(0, LONGEST_TEXT - 1) + "…";
  }
}
