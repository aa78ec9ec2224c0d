package dev.whence.loop;

/**
 * Hears what happens in a loop, for those who show it. It changes nothing, and must neither throw
 * nor block.
 *
 * <p>Of a request it hears either everything from its opening on or, when it came later, nothing.
 *
 * <p>Thread: loop.
 */
public interface LoopObserver {
  /** A request came in. */
  void opened(RequestContext context);

  /** It ended, and with it all it waited for. */
  void ended(RequestContext context);

  /** JavaScript is about to run for the turn's owner. */
  void turnStarted(Turn turn);

  /** The turn and its microtasks are over; its owner may have ended meanwhile. */
  void turnEnded(Turn turn);

  /** Outside work began for a request. */
  void pendingStarted(RequestContext owner, PendingEvent event);

  /** It happened, was cancelled or failed; not told for what is left when the request ends. */
  void pendingFinished(RequestContext owner, long token);

  /**
   * A request began to wait for another's promise.
   *
   * @param token names the wait within the isolate
   * @param owner who made the promise; may have ended already
   */
  void followStarted(RequestContext waiter, long token, RequestId owner);

  /** The promise settled, as far as this wait goes; not told for what is left at the end. */
  void followFinished(RequestContext waiter, long token);
}
