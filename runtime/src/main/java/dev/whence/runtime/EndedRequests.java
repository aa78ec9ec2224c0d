package dev.whence.runtime;

import dev.whence.explain.Cause;
import dev.whence.loop.PendingEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How requests ended, for the causes of those who still wait for their promises. The ones that were
 * not asked about for longest are forgotten first.
 *
 * <p>Thread: the isolate's.
 */
final class EndedRequests {
  /** How many are kept. */
  static final int CAPACITY = 4096;

  /**
   * One that ended. It is kept for each request, so nothing is worded before somebody asks.
   *
   * @param method of the HTTP request, or {@code scheduled}
   * @param url of the HTTP request, or the cron text
   * @param status of its answer, or 0
   * @param clientGone its client had left
   * @param thrown its first exception, if it failed
   * @param left what it waited for then
   * @param cause why it hung, if it did
   */
  record Ended(
      String method,
      String url,
      Outcome outcome,
      int status,
      boolean clientGone,
      TraceItem.@Nullable ExceptionEntry thrown,
      long endedMillis,
      List<PendingEvent> left,
      @Nullable Cause cause) {

    static Ended of(EventRecord record, Collection<PendingEvent> left, long nowMillis) {
      WorkerRequest request = record.request;
      Outcome outcome = record.outcome == null ? Outcome.OK : record.outcome;
      return new Ended(
          request == null ? "scheduled" : request.method(),
          request == null ? record.cron : request.url(),
          outcome,
          record.status,
          record.clientGone,
          record.exceptions.isEmpty() ? null : record.exceptions.get(0),
          nowMillis,
          List.copyOf(left),
          record.hangCause());
    }

    Ended with(Cause amended) {
      return new Ended(
          method, url, outcome, status, clientGone, thrown, endedMillis, left, amended);
    }

    /** A clause, for example {@code the client left}. */
    String how() {
      return switch (outcome) {
        case OK -> method.equals("scheduled") ? "its work was done" : "it answered " + status;
        case CANCELED -> clientGone ? "the client left" : "it was canceled";
        case RESPONSE_STREAM_DISCONNECTED -> "its answer broke off";
        case EXCEPTION -> cause != null ? "it hung" : "it failed" + exception();
        case EXCEEDED_CPU -> "it used more processor time than allowed";
        case EXCEEDED_MEMORY -> "it used more memory than allowed";
        case LOAD_SHED -> "it was refused";
        case INTERNAL_ERROR -> "it failed by a fault of the runtime";
      };
    }

    private String exception() {
      if (thrown == null) {
        return "";
      }
      String text = thrown.name() + ": " + thrown.message();
      return " with " + (text.length() > 80 ? text.substring(0, 79) + "…" : text);
    }
  }

  private final Map<Long, Ended> byNumber = new LinkedHashMap<>(64, 0.75f, true);

  void add(long number, Ended ended) {
    byNumber.put(number, ended);
    if (byNumber.size() > CAPACITY) {
      byNumber.remove(byNumber.keySet().iterator().next());
    }
  }

  @Nullable Ended find(long number) {
    return byNumber.get(number);
  }
}
