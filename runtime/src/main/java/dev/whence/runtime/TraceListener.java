package dev.whence.runtime;

/** Hears of every request that ended. */
@FunctionalInterface
public interface TraceListener {
  /**
   * One request context ended: called exactly once for each, after its waitUntil work.
   *
   * <p>Thread: the isolate's; must not block.
   */
  void ended(TraceItem item);
}
