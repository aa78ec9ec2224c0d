package dev.whence.runtime;

import dev.whence.loop.EventLoop;
import dev.whence.loop.PendingEvent;
import dev.whence.loop.RequestContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what an isolate has in flight.
 *
 * <p>Thread: the isolate's.
 */
final class InFlightSnapshot {
  /** So many waits of one request are named, further ones are counted. */
  private static final int NAMED_WAITS = 12;

  /** So many requests come with their timeline. */
  private static final int TIMELINES = 60;

  private InFlightSnapshot() {}

  /**
   * The requests in flight now.
   *
   * @param limit at most so many are listed, the oldest ones
   */
  static InFlight take(EventLoop loop, TimelineRecorder recorder, int isolate, int limit) {
    List<InFlight.Request> requests = new ArrayList<>();
    for (RequestContext context : loop.requests()) {
      if (requests.size() == limit) {
        break;
      }
      RequestTimeline timeline = recorder.find(context);
      boolean isDrawn = requests.size() < TIMELINES;
      EventRecord record = EventRecord.of(context);
      WorkerRequest fetch = record.request;
      requests.add(
          new InFlight.Request(
              context.id().toString(),
              isolate,
              fetch == null ? "cron" : fetch.method(),
              fetch == null ? record.cron : TimelineRecorder.shown(fetch.url()),
              Math.max(0, loop.millis() - record.arrivedMillis),
              stateOf(context),
              record.clientGone,
              waitsFor(context, timeline),
              timeline != null && isDrawn ? timeline.at(System.nanoTime()) : null));
    }
    return new InFlight(loop.inFlight(), requests, List.of());
  }

  private static InFlight.State stateOf(RequestContext context) {
    if (context.hasQueuedTurn()) {
      return InFlight.State.READY;
    }
    if (context.owesAnswer()) {
      return InFlight.State.WAITING;
    }
    return context.openStreams() > 0 ? InFlight.State.STREAMING : InFlight.State.BACKGROUND;
  }

  private static List<String> waitsFor(RequestContext context, @Nullable RequestTimeline timeline) {
    List<String> waits = new ArrayList<>();
    for (PendingEvent event : context.pendingEvents()) {
      waits.add(TimelineRecorder.shown(event.description()));
    }
    List<String> owners =
        timeline == null
            ? context.followed().stream().map(RequestContext::toString).toList()
            : timeline.followedNow();
    owners.forEach(owner -> waits.add("a promise of " + owner));
    if (waits.size() <= NAMED_WAITS) {
      return waits;
    }
    List<String> named = new ArrayList<>(waits.subList(0, NAMED_WAITS));
    named.add("and " + (waits.size() - NAMED_WAITS) + " more");
    return named;
  }
}
