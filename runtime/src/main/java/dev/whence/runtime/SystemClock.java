package dev.whence.runtime;

import dev.whence.loop.Clock;
import dev.whence.loop.Inbox;
import java.util.concurrent.TimeUnit;

/**
 * The machine's clock: the wall time at its creation, carried on by the monotonic timer, so that a
 * correction of the system time neither fires nor delays timers.
 *
 * <p>Thread: any.
 */
final class SystemClock implements Clock {
  private final long startMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  @Override
  public long millis() {
    return startMillis + (System.nanoTime() - startNanos) / 1_000_000;
  }

  @Override
  public void await(Inbox arrivals, long untilMillis) {
    if (untilMillis == Long.MAX_VALUE) {
      arrivals.park(Long.MAX_VALUE);
      return;
    }
    // To the nanosecond: a timer shall not fire before its millisecond, nor one later.
    long dueNanos = startNanos + TimeUnit.MILLISECONDS.toNanos(untilMillis - startMillis);
    arrivals.park(dueNanos - System.nanoTime());
  }
}
