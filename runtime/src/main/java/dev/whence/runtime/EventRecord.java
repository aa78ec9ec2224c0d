package dev.whence.runtime;

import dev.whence.loop.RequestContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime keeps for one event: where its answer goes, what is open for it, and what will
 * be in its trace item. It is the attachment of the loop's {@link RequestContext}.
 *
 * <p>Thread: the isolate's.
 */
final class EventRecord {
  final @Nullable WorkerRequest request;
  final @Nullable ResponseSink sink;
  final @Nullable CompletableFuture<Outcome> done;
  final String cron;
  final long scheduledTime;
  final long arrivedMillis;

  final List<TraceItem.Log> logs = new ArrayList<>();
  final List<TraceItem.ExceptionEntry> exceptions = new ArrayList<>();
  final Map<Long, Subrequest> subrequests = new HashMap<>(2);
  final Set<Long> incoming = new HashSet<>(2);
  final Set<Long> outgoing = new HashSet<>(2);

  @Nullable Outcome outcome;
  boolean truncated;
  boolean waitUntilLimited;
  boolean passThrough;

  /** Something went to the sink that cannot be taken back. */
  boolean answerBegun;

  boolean clientGone;

  /** A streamed answer to HEAD: its body is not asked for. */
  boolean bodyUnwanted;

  /** The answer flows from host to host; the trace item waits for its end. */
  boolean piping;

  boolean contextEnded;
  boolean emitted;
  @Nullable BodyPipe pipe;

  /** Under which JavaScript reads the request's body; 0 when it has none. */
  long bodyToken;

  int status;
  int subrequestCount;
  long cpuNanos;

  private EventRecord(
      @Nullable WorkerRequest request,
      @Nullable ResponseSink sink,
      @Nullable CompletableFuture<Outcome> done,
      String cron,
      long scheduledTime,
      long arrivedMillis) {
    this.request = request;
    this.sink = sink;
    this.done = done;
    this.cron = cron;
    this.scheduledTime = scheduledTime;
    this.arrivedMillis = arrivedMillis;
  }

  static EventRecord fetch(WorkerRequest request, ResponseSink sink, long nowMillis) {
    return new EventRecord(request, sink, null, "", 0, nowMillis);
  }

  static EventRecord scheduled(
      String cron, long scheduledTime, CompletableFuture<Outcome> done, long nowMillis) {
    return new EventRecord(null, null, done, cron, scheduledTime, nowMillis);
  }

  static EventRecord of(RequestContext context) {
    return (EventRecord) context.attachment();
  }

  /** The first outcome that was decided stays. */
  void decide(Outcome decided) {
    if (outcome == null) {
      outcome = decided;
    }
  }

  void addException(String name, String message, @Nullable String stack, long nowMillis) {
    exceptions.add(new TraceItem.ExceptionEntry(name, message, stack, nowMillis));
  }

  TraceItem toTraceItem(String scriptName, String requestName, int isolate, long nowMillis) {
    WorkerRequest fetch = request;
    TraceItem.Event event =
        fetch == null
            ? new TraceItem.ScheduledEvent(cron, scheduledTime)
            : new TraceItem.FetchEvent(fetch.method(), fetch.url(), fetch.headers(), status);
    return new TraceItem(
        outcome == null ? Outcome.OK : outcome,
        scriptName,
        event,
        arrivedMillis,
        logs,
        exceptions,
        truncated,
        cpuNanos / 1_000_000,
        nowMillis - arrivedMillis,
        new TraceItem.Whence(requestName, isolate));
  }
}
