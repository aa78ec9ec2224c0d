package dev.whence.loop;

/**
 * Something outside JavaScript that will start a turn for its owner when it happens
 * (workers-semantics.md, 2.1 and 2.4).
 *
 * <p>Thread: any (immutable).
 *
 * @param token names it within the isolate
 * @param kind what it is
 * @param description completes the sentence "waiting for …"
 */
public record PendingEvent(long token, Kind kind, String description) {

  /** The kinds of outside work. */
  public enum Kind {
    TIMER,
    SUBREQUEST,
    BODY_READ,
    BODY_WRITE,
    NATIVE
  }
}
