package dev.whence.runtime;

import dev.whence.explain.Cause;
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

  @Nullable Findings findings;

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

  /** What was found out about it; made when first asked for. */
  Findings findings() {
    Findings found = findings;
    if (found == null) {
      found = new Findings();
      findings = found;
    }
    return found;
  }

  /** Why it hung, if it did. */
  @Nullable Cause hangCause() {
    return findings == null ? null : findings.hang;
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
        whence(requestName, isolate));
  }

  private TraceItem.Whence whence(String requestName, int isolate) {
    Findings found = findings;
    if (found == null) {
      return new TraceItem.Whence(requestName, isolate);
    }
    Cause cause = found.hang != null ? found.hang : causeOfFailure();
    List<Cause> risks = new ArrayList<>();
    for (Cause risk : found.risks) {
      if (cause == null || !cause.awaited().equals(risk.awaited())) {
        risks.add(risk);
      }
    }
    return new TraceItem.Whence(requestName, isolate, cause, risks, found.amends);
  }

  /** What explains an exception of its handler; null when nothing is to be explained. */
  @Nullable Cause causeOfFailure() {
    Findings found = findings;
    if (found == null) {
      return null;
    }
    for (TraceItem.ExceptionEntry exception : exceptions) {
      Cause cause = found.ofException(exception.message());
      if (cause != null) {
        return cause;
      }
    }
    return null;
  }
}
