package dev.whence.server;

import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.WorkerRequest;

/**
 * What a front hands its requests to.
 *
 * <p>Thread: called on event loops; must not block.
 */
@FunctionalInterface
interface FetchTarget {
  /**
   * Takes a request; the answer goes to the sink.
   *
   * @return to be run when the client has left before the answer was complete; idempotent
   */
  Runnable fetch(WorkerRequest request, ResponseSink sink);
}
