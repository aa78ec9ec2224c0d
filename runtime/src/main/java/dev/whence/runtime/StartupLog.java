package dev.whence.runtime;

/** Hears what a worker logs at start-up, outside of any request. Thread: the isolate's. */
@FunctionalInterface
public interface StartupLog {
  void line(TraceItem.Log line);
}
