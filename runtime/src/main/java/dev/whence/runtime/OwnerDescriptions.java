package dev.whence.runtime;

import dev.whence.explain.Cause;
import dev.whence.explain.Owner;
import dev.whence.explain.Root;
import dev.whence.explain.Site;
import dev.whence.explain.Work;
import dev.whence.loop.EventLoop;
import dev.whence.loop.PendingEvent;
import dev.whence.loop.RequestContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the request that made a promise: what came in, what it waits for, how it ended.
 *
 * <p>Thread: the isolate's.
 */
final class OwnerDescriptions {
  /** Of a long list of work only the beginning is told. */
  private static final int MOST_WORK = 8;

  private final EventLoop loop;
  private final EndedRequests endedRequests = new EndedRequests();

  OwnerDescriptions(EventLoop loop) {
    this.loop = loop;
  }

  /**
   * A request, living or ended.
   *
   * @param sites where its work was started, by the keys of core/provenance.js
   */
  Owner describe(long number, Map<String, Site> sites) {
    String name = "r" + number;
    RequestContext context = loop.find(number);
    if (context != null && !EventRecord.of(context).contextEnded) {
      WorkerRequest request = EventRecord.of(context).request;
      List<Work> works = works(context, sites);
      return new Owner(
          name,
          request == null ? "scheduled" : request.method(),
          request == null ? EventRecord.of(context).cron : Redaction.path(request.url()),
          Owner.State.WAITING,
          works,
          null);
    }
    EndedRequests.Ended ended =
        context != null ? ending(context, EventRecord.of(context)) : endedRequests.find(number);
    if (ended == null) {
      return new Owner(name, null, null, Owner.State.ENDED, List.of(), null);
    }
    return new Owner(
        name,
        ended.method(),
        Redaction.path(ended.url()),
        Owner.State.ENDED,
        works(ended.left(), sites),
        new Owner.End(ended.how(), Math.max(0, loop.millis() - ended.endedMillis())));
  }

  /** What a live request waits for. */
  List<Work> works(RequestContext context, Map<String, Site> sites) {
    List<Work> works = works(context.pendingEvents(), sites);
    for (RequestContext followed : context.followed()) {
      works.add(new Work("a promise of " + followed.id(), null));
    }
    return works;
  }

  private static List<Work> works(Collection<PendingEvent> events, Map<String, Site> sites) {
    List<Work> works = new ArrayList<>();
    for (PendingEvent event : events) {
      if (works.size() == MOST_WORK) {
        break;
      }
      works.add(new Work(event.description(), sites.get(key(event))));
    }
    return works;
  }

  private static String key(PendingEvent event) {
    return event.kind() == PendingEvent.Kind.TIMER
        ? "t" + EventLoop.timerOf(event)
        : "o" + event.token();
  }

  /** The hang of that request, if it ended so. */
  @Nullable Root rootHang(long number) {
    EndedRequests.Ended ended = endedRequests.find(number);
    Cause cause = ended == null ? null : ended.cause();
    if (cause == null) {
      return null;
    }
    Root deeper = cause.root();
    return deeper != null ? deeper : new Root("r" + number, cause.kind(), cause.summary());
  }

  EndedRequests.@Nullable Ended ended(long number) {
    return endedRequests.find(number);
  }

  /** A request that hung is explained anew. */
  void amend(long number, Cause cause) {
    EndedRequests.Ended ended = endedRequests.find(number);
    if (ended != null) {
      endedRequests.add(number, ended.with(cause));
    }
  }

  /** Takes note of a request that ends now, while its pending events are still known. */
  void remember(RequestContext context, EventRecord record) {
    endedRequests.add(context.id().number(), ending(context, record));
  }

  private EndedRequests.Ended ending(RequestContext context, EventRecord record) {
    return EndedRequests.Ended.of(record, context.pendingEvents(), loop.millis());
  }
}
