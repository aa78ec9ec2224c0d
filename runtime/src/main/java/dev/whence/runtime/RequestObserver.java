package dev.whence.runtime;

import org.jspecify.annotations.Nullable;

/** Hears of every request that ended, and of what it did meanwhile. */
@FunctionalInterface
public interface RequestObserver {
  /**
   * One request context ended.
   *
   * <p>Thread: the isolate's; must not block.
   *
   * @param timeline null when nobody observed the worker yet as the request came in
   */
  void ended(TraceItem item, @Nullable Timeline timeline);
}
