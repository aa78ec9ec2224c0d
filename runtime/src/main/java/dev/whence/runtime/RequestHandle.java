package dev.whence.runtime;

/** A request on its way through a worker. Thread: any. */
@FunctionalInterface
public interface RequestHandle {
  /** The client has left: nobody waits for the answer (rule 12.2). Idempotent. */
  void disconnected();
}
