package dev.whence.loop;

/**
 * The loop's only source of time, so that time is an input.
 *
 * <p>Thread: loop.
 */
public interface Clock {
  /** Milliseconds since the epoch; never goes backwards. */
  long millis();

  /**
   * Waits until something arrived or the time has come, whichever is first; may return early.
   *
   * @param arrivals tells whether something arrived, and is the thread to be woken
   * @param untilMillis on this clock; {@link Long#MAX_VALUE} for no limit
   */
  void await(Inbox arrivals, long untilMillis);
}
