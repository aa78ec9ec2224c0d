package dev.whence.loop;

import org.jspecify.annotations.Nullable;

/**
 * One entry into JavaScript: a ready event of exactly one request context.
 *
 * <p>Thread: loop.
 */
public final class Turn {
  /** What a turn is about. */
  public enum Kind {
    ARRIVAL,
    TIMER,
    BODY,
    SUBREQUEST,
    WRITABLE,
    JOB
  }

  private final RequestContext owner;
  private final Kind kind;
  private final String message;
  private final byte @Nullable [] bytes;
  private final long timeMillis;

  /**
   * A turn for {@code owner}.
   *
   * @param message the event in the engine's wire form
   * @param bytes payload beside the message, or null; owned by the turn
   * @param timeMillis what the worker's clock shows during the turn, or -1 for the loop's time
   */
  public Turn(
      RequestContext owner, Kind kind, String message, byte @Nullable [] bytes, long timeMillis) {
    this.owner = owner;
    this.kind = kind;
    this.message = message;
    this.bytes = bytes;
    this.timeMillis = timeMillis;
  }

  /** A turn without payload at the loop's time. */
  public static Turn of(RequestContext owner, Kind kind, String message) {
    return new Turn(owner, kind, message, null, -1);
  }

  /** The request on whose behalf it runs. */
  public RequestContext owner() {
    return owner;
  }

  public Kind kind() {
    return kind;
  }

  public String message() {
    return message;
  }

  public byte @Nullable [] bytes() {
    return bytes;
  }

  /** What the worker's clock is to show, or -1 for the loop's time. */
  public long timeMillis() {
    return timeMillis;
  }

  @Override
  public String toString() {
    return kind + " of " + owner;
  }
}
