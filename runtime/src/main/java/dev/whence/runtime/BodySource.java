package dev.whence.runtime;

/**
 * Bytes that arrive from outside: a request's body, or the body of a subrequest's response.
 *
 * <p>Pull-driven, so that back-pressure reaches the sender: nothing is read from the connection
 * beyond what was asked for (and what it had already delivered).
 *
 * <p>Thread: any; {@link #pull} is called by one thread at a time, and never again before the
 * previous call was answered.
 */
public interface BodySource {

  /** Asks for the next chunk. Exactly one method of the receiver is called, once, on any thread. */
  void pull(Receiver receiver);

  /** Nobody will pull again; the rest is discarded. Idempotent. */
  void cancel();

  /** Takes the answer to one {@link #pull}. */
  interface Receiver {
    /** More bytes, at least one; the receiver owns the array. */
    void chunk(byte[] bytes);

    /** The body ended as it should. */
    void end();

    /**
     * The body broke off.
     *
     * @param message a sentence for the worker's developer
     */
    void failed(String message);
  }
}
