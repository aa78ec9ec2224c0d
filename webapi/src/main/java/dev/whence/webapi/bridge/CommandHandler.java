package dev.whence.webapi.bridge;

import java.util.List;

/**
 * What a worker's turn asks of its host; one method for each command of core/outbox.js. Requests
 * are named by their number in the isolate, timers, streams and operations by tokens.
 *
 * <p>Thread: the isolate's, while a turn ends or in the middle of one.
 */
public interface CommandHandler {

  /** How a body travels. */
  enum BodyKind {
    NONE,
    /** With the command. */
    INLINE,
    /** In chunks that follow as commands of a stream. */
    STREAM,
    /** Straight from an incoming stream, without JavaScript. */
    PIPE
  }

  /**
   * A body as a command describes it.
   *
   * @param bytes of an {@link BodyKind#INLINE} body, else empty
   * @param stream token of the stream, or 0
   * @param length of a {@link BodyKind#STREAM} in bytes, or -1
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier that is never compared
  record Body(BodyKind kind, byte[] bytes, long stream, long length) {}

  /** {@code r}: the answer. */
  void respond(long request, int status, String statusText, Body body, List<String> headers);

  /** {@code c}: a chunk of an outgoing stream. */
  void chunk(long stream, byte[] bytes);

  /** {@code e}: an outgoing stream is complete. */
  void endStream(long stream);

  /** {@code x}: an outgoing stream failed. */
  void failStream(long stream, String message);

  /** {@code t}: start a timer; the name is that of the function that the worker called. */
  void startTimer(long request, long timer, long delayMillis, String name);

  /** {@code u}: clear a timer. */
  void clearTimer(long timer);

  /** {@code f}: start a subrequest. */
  void startSubrequest(
      long request, long operation, String method, String url, Body body, List<String> headers);

  /** {@code a}: abort a subrequest. */
  void abortSubrequest(long operation);

  /** {@code p}: pull the next chunk of an incoming stream. */
  void pull(long stream);

  /** {@code k}: nobody reads an incoming stream any more. */
  void cancelStream(long stream);

  /** {@code l}: a log line; request 0 is the start-up. */
  void log(
      long request, String level, String messageJson, String errorInfoJson, String terminalText);

  /** {@code L}: the log limit was reached; later lines are left out (9.6). */
  void truncated(long request);

  /** {@code !}: an exception reached the runtime. */
  void exception(long request, String kind, String name, String message, String stack);

  /** {@code w}: how many waitUntil promises are unsettled. */
  void waitUntil(long request, int count);

  /** {@code h}: the handler failed. */
  void handlerFailed(long request);

  /** {@code d}: an event that needs no answer was handled. */
  void handled(long request);

  /** {@code o}: a failure shall forward the original request. */
  void passThroughOnException(long request);

  /** {@code v}: forward the original request now. */
  void forward(long request);

  /** {@code V}: close the connection without an answer (11.7). */
  void close(long request);

  /** {@code +}: a pending event began. */
  void startPending(long request, long token, String description);

  /** {@code -}: a pending event is over. */
  void endPending(long request, long token);

  /** {@code q}: run a queued job in a turn of that request. */
  void queueJob(long request, long token);

  /** {@code m}: a request follows another's pending promise; owner 0 is the start-up. */
  void follow(long request, long owner, long token, boolean counts);

  /**
   * {@code g}: a request followed a promise whose owner has ended.
   *
   * @param name to ask about it with, before the next turn; 0 when that cannot be asked
   */
  void followedGone(long request, long owner, long name);

  /** {@code z}: a continuation was lost to another request's turn. */
  void continuationLost(long request);

  /**
   * {@code y}: a settlement for an ended request was dropped; settler 0 is nobody's code.
   *
   * @param name to ask about it with, or 0 when no request hung on that promise
   */
  void settlementDropped(long owner, long settler, long name);

  /**
   * {@code i}: a request used an object that is bound to another one.
   *
   * @param name to ask about it with, before the next turn; 0 when that cannot be asked
   */
  void misused(long request, long owner, long name);
}
