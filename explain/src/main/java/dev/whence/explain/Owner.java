package dev.whence.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request in which a promise or an object was created.
 *
 * <p>Thread: any (immutable).
 *
 * @param request its name, for example {@code r1}
 * @param method of its HTTP request, or {@code scheduled}; null when the record of it is gone
 * @param url path and query, or the cron text; null when the record of it is gone
 * @param state how far it is
 * @param waitsFor what it waits for outside JavaScript, or waited for when it ended; oldest first
 * @param end how it ended; null while it lives, and when the record of it is gone
 */
public record Owner(
    String request,
    @Nullable String method,
    @Nullable String url,
    State state,
    List<Work> waitsFor,
    @Nullable End end) {
  public Owner {
    waitsFor = List.copyOf(waitsFor);
  }

  /** How far a request is. */
  public enum State {
    /** It waits for events or for others. */
    WAITING,
    /** It has its outcome; none of its code runs any more. */
    ENDED,
    /** No request: the worker's top-level code. */
    START_UP;

    /** As in JSON, for example {@code start-up}. */
    public String wireName() {
      return this == START_UP ? "start-up" : this == WAITING ? "waiting" : "ended";
    }
  }

  /**
   * How a request ended.
   *
   * @param how a clause, for example {@code the client left} or {@code it answered 200}
   * @param agoMillis between that end and the moment the cause was found
   */
  public record End(String how, long agoMillis) {}

  /** For example {@code r1 (GET /a)}. */
  public String named() {
    return method == null ? request : request + " (" + method + " " + url + ")";
  }
}
