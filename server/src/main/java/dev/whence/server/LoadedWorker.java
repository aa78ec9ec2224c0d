package dev.whence.server;

import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.WorkerRequest;
import dev.whence.server.dashboard.ObservedWorker;
import java.util.concurrent.CompletableFuture;

/**
 * A started worker, as far as serving it and looking at it goes.
 *
 * <p>Thread: any.
 */
public interface LoadedWorker extends ObservedWorker {

  /** The worker's name, shown on error pages. */
  @Override
  String name();

  /**
   * Takes a request; the answer goes to the sink.
   *
   * @return to be run when the client has left; idempotent
   */
  Runnable fetch(WorkerRequest request, ResponseSink sink);

  /** Completes when everything in flight has ended; asked for once no new requests come. */
  CompletableFuture<Void> drained();

  /** Ends what is left and frees the isolate. May block. */
  void close();
}
