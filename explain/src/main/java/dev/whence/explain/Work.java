package dev.whence.explain;

import org.jspecify.annotations.Nullable;

/**
 * Something outside JavaScript that a request waits for.
 *
 * <p>Thread: any (immutable).
 *
 * @param what for example {@code setTimeout 20000 ms} or {@code fetch GET https://example.com/}
 * @param startedAt where the worker started it; null when that was not recorded
 */
public record Work(String what, @Nullable Site startedAt) {

  /** For example {@code setTimeout 20000 ms (worker.js:19:5)}. */
  public String text() {
    return startedAt == null ? what : what + " (" + startedAt.position() + ")";
  }
}
