package dev.whence.server;

import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.WorkerRequest;
import java.util.concurrent.CompletableFuture;

/**
 * A started worker, as far as serving it goes.
 *
 * <p>Thread: any.
 */
public interface LoadedWorker {

  /** The worker's name, shown on error pages. */
  String name();

  /**
   * Takes a request; the answer goes to the sink.
   *
   * @return to be run when the client has left; idempotent
   */
  Runnable fetch(WorkerRequest request, ResponseSink sink);

  /** Requests that have not ended, waitUntil work included. */
  int inFlight();

  /** Completes when everything in flight has ended; asked for once no new requests come. */
  CompletableFuture<Void> drained();

  /** Ends what is left and frees the isolate. May block. */
  void close();
}
