package dev.whence.loop;

import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one way into a loop from other threads: arrivals in order, and a wake-up.
 *
 * <p>An arrival changes the loop's state (it queues a turn, ends a request); it never enters
 * JavaScript itself.
 *
 * <p>Thread: {@link #put} any; the rest loop.
 */
public final class Inbox {
  private final ConcurrentLinkedQueue<Runnable> arrivals = new ConcurrentLinkedQueue<>();
  private final AtomicLong arrived = new AtomicLong();
  private long taken;
  private volatile @Nullable Thread sleeper;

  void put(Runnable arrival) {
    arrivals.add(arrival);
    arrived.incrementAndGet();
    Thread thread = sleeper;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /** How many arrivals were put and not taken yet. */
  long waiting() {
    return arrived.get() - taken;
  }

  /** Takes the oldest arrival; there is one when {@link #waiting} said so. */
  Runnable take() {
    taken++;
    return Objects.requireNonNull(arrivals.poll(), "an arrival was counted");
  }

  public boolean isEmpty() {
    return arrivals.isEmpty();
  }

  /** Blocks until something arrives or the time is over; may return early. */
  public void park(long nanos) {
    sleeper = Thread.currentThread();
    try {
      if (arrivals.isEmpty()) {
        if (nanos == Long.MAX_VALUE) {
          LockSupport.park(this);
        } else if (nanos > 0) {
          LockSupport.parkNanos(this, nanos);
        }
      }
    } finally {
      sleeper = null;
    }
  }
}
