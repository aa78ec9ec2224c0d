package dev.whence.testkit;

import dev.whence.runtime.StartupLog;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.TraceListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Collects trace items and lets a test wait for them.
 *
 * <p>Thread: any; guarded by this.
 */
final class Traces implements TraceListener, StartupLog {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final List<TraceItem> items = new ArrayList<>();
  private final List<String> startup = new ArrayList<>();

  @Override
  public synchronized void ended(TraceItem item) {
    items.add(item);
    notifyAll();
  }

  @Override
  public synchronized void line(TraceItem.Log line) {
    startup.add(line.messageJson());
  }

  synchronized List<String> startupLogs() {
    return List.copyOf(startup);
  }

  synchronized List<TraceItem> await(int atLeast) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (items.size() < atLeast) {
      pause(deadline, atLeast + " trace items, have " + items.size());
    }
    return List.copyOf(items);
  }

  synchronized TraceItem await(Predicate<TraceItem> wanted) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      Optional<TraceItem> found = items.stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      pause(deadline, "a trace item, have " + items);
    }
  }

  private void pause(long deadline, String what) {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new IllegalStateException("waited in vain for " + what);
    }
    try {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
