package dev.whence.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a worker that had not ended at one moment.
 *
 * <p>Thread: any (immutable).
 *
 * @param total how many there were, also when not all are listed
 * @param requests oldest first
 * @param busyIsolates isolates that could not be asked, because their JavaScript ran all the time;
 *     their requests are counted, not listed
 */
public record InFlight(int total, List<Request> requests, List<Integer> busyIsolates) {

  /** What a request in flight is about to do. */
  public enum State {
    /** A turn of it is about to run. */
    READY,
    /** It waits, and has not answered. */
    WAITING,
    /** It has answered, the body goes on. */
    STREAMING,
    /** It has answered, waitUntil work goes on. */
    BACKGROUND
  }

  /**
   * One request.
   *
   * @param request for example {@code r2}
   * @param isolate counted from 1
   * @param method of HTTP, or {@code cron}
   * @param url with what looks like a secret hidden; for a cron trigger its expression
   * @param ageMillis since it came in
   * @param clientGone nobody waits for the answer any more
   * @param waitsFor each completes the sentence "waiting for …"; the owner of a promise by name
   * @param timeline up to now; null when it is not recorded, or one of too many
   */
  public record Request(
      String request,
      int isolate,
      String method,
      String url,
      long ageMillis,
      State state,
      boolean clientGone,
      List<String> waitsFor,
      @Nullable Timeline timeline) {
    public Request {
      waitsFor = List.copyOf(waitsFor);
    }
  }

  public InFlight {
    requests = List.copyOf(requests);
    busyIsolates = List.copyOf(busyIsolates);
  }

  /** Nothing in flight. */
  public static InFlight none() {
    return new InFlight(0, List.of(), List.of());
  }

  /** Both together. */
  public InFlight and(InFlight other) {
    List<Request> all = new ArrayList<>(requests);
    all.addAll(other.requests);
    all.sort(Comparator.comparingLong(Request::ageMillis).reversed());
    List<Integer> busy = new ArrayList<>(busyIsolates);
    busy.addAll(other.busyIsolates);
    return new InFlight(total + other.total, all, busy);
  }

  /** One line of JSON (docs/dashboard.md). */
  public String toJson() {
    return InFlightJson.write(this);
  }
}
