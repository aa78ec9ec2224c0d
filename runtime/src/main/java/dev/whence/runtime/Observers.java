package dev.whence.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Who observes a worker. Timelines are recorded only while somebody does.
 *
 * <p>Thread: any.
 */
final class Observers {
  private final List<RequestObserver> observers = new CopyOnWriteArrayList<>();

  void add(RequestObserver observer) {
    observers.add(observer);
  }

  void remove(RequestObserver observer) {
    observers.remove(observer);
  }

  boolean isEmpty() {
    return observers.isEmpty();
  }

  /** Tells all; the fault of one is contained. */
  void ended(TraceItem item, @Nullable Timeline timeline) {
    for (RequestObserver observer : observers) {
      try {
        observer.ended(item, timeline);
      } catch (RuntimeException e) {
        System.getLogger(Observers.class.getName())
            .log(System.Logger.Level.ERROR, "an observer of requests failed", e);
      }
    }
  }
}
