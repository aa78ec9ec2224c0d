package dev.whence.loop;

import org.jspecify.annotations.Nullable;

/** Invariants that hold in production too: a failure is a bug in Whence. Thread: any. */
final class Check {
  private Check() {}

  static void that(boolean condition, String message, @Nullable Object... arguments) {
    if (!condition) {
      throw new IllegalStateException(String.format(message, arguments));
    }
  }
}
