package dev.whence.explore;

import dev.whence.loop.Clock;
import dev.whence.loop.Inbox;

/**
 * A clock that stands still until it is moved.
 *
 * <p>Thread: the explorer's.
 */
final class VirtualClock implements Clock {
  private long millis;

  VirtualClock(long startMillis) {
    this.millis = startMillis;
  }

  @Override
  public long millis() {
    return millis;
  }

  void moveTo(long later) {
    millis = Math.max(millis, later);
  }

  @Override
  public void await(Inbox arrivals, long untilMillis) {
    // Time passes when the schedule says so.
  }
}
