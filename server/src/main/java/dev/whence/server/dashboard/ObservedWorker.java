package dev.whence.server.dashboard;

import dev.whence.runtime.InFlight;
import dev.whence.runtime.RequestObserver;
import java.util.concurrent.CompletableFuture;

/**
 * A started worker, as far as looking at it goes. Unless told otherwise it shows nothing.
 *
 * <p>Thread: any.
 */
public interface ObservedWorker {

  /** The worker's name. */
  String name();

  /** Requests that have not ended, waitUntil work included. */
  int inFlight();

  /**
   * The same requests, one by one.
   *
   * @param limit at most so many are listed, the oldest ones
   */
  default CompletableFuture<InFlight> inFlightNow(int limit) {
    return CompletableFuture.completedFuture(InFlight.none());
  }

  /**
   * Every promise that is pending, grouped by owner and creation site: an object of JSON on one
   * line (docs/dashboard.md).
   */
  default CompletableFuture<String> promises() {
    return CompletableFuture.completedFuture("{\"promises\":[],\"provenance\":\"owners\"}");
  }

  /**
   * From now on the observer hears of each request that ends.
   *
   * @return ends that; idempotent
   */
  default Runnable observe(RequestObserver observer) {
    return () -> {};
  }
}
