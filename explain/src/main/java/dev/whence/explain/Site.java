package dev.whence.explain;

import org.jspecify.annotations.Nullable;

/**
 * A place in a worker's source, as its author knows it: through source maps, before rewriting.
 *
 * <p>Thread: any (immutable).
 *
 * @param file relative to the worker's root
 * @param line from 1
 * @param column from 1, in UTF-16 units
 * @param function the function it lies in; null at the top level and where it has no name
 * @param library true for code of an installed package
 */
public record Site(String file, int line, int column, @Nullable String function, boolean library) {

  /** For example {@code worker.js:11:3}. */
  public String position() {
    return file + ":" + line + ":" + column;
  }

  /** For example {@code handleRequest (worker.js:11:3)}. */
  public String frame() {
    return function == null ? position() : function + " (" + position() + ")";
  }
}
