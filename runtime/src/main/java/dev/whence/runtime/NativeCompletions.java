package dev.whence.runtime;

/**
 * Decides when the result of native work (cryptography on other threads) is delivered to the
 * request that waits for it.
 *
 * <p>Thread: the isolate's.
 */
@FunctionalInterface
interface NativeCompletions {
  /** Results are delivered as soon as they are there. */
  NativeCompletions AT_ONCE = (request, token, deliver) -> deliver.run();

  /**
   * Such work is done.
   *
   * @param request number of the request that waits for it
   * @param token of its pending event
   * @param deliver to be run once, on the isolate's thread, outside of any turn
   */
  void completed(long request, long token, Runnable deliver);
}
