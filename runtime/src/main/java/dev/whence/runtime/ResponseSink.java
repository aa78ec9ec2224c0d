package dev.whence.runtime;

import java.util.List;

/**
 * Where the answer to one request goes.
 *
 * <p>The runtime calls {@link #head} once, then {@link #write} any number of times, then {@link
 * #end} or {@link #abort} once; or {@link #whole} or {@link #failed} alone. After the client left,
 * calls are ignored.
 *
 * <p>Thread: called on the isolate's thread (or, while a body is piped, on the source's thread),
 * one call at a time; implementations hop to their own thread and must not block.
 */
public interface ResponseSink {

  /**
   * The status line and headers of an answer.
   *
   * @param status 200 to 599
   * @param statusText reason phrase, empty for the status's usual one
   * @param headers name, value, name, value, …; duplicates are kept apart
   */
  record Head(int status, String statusText, List<String> headers) {
    public Head {
      headers = List.copyOf(headers);
    }
  }

  /** A complete answer; an empty body is an answer without one. */
  void whole(Head head, byte[] body);

  /** A complete answer made by the runtime, because the request failed; the message, if untold. */
  default void failed(FailurePage page) {
    whole(page.head(), page.text());
  }

  /**
   * Begins a streamed answer.
   *
   * @param contentLength the exact number of bytes that follow, or -1 when unknown
   */
  void head(Head head, long contentLength);

  /**
   * Sends a chunk.
   *
   * @param whenWritable called once, on any thread, when a further chunk may be written without
   *     filling buffers (at once, when there is room); not called when the client has left
   */
  void write(byte[] chunk, Runnable whenWritable);

  /** The streamed body is complete. */
  void end();

  /**
   * Ends the exchange with an answer that will never be complete: before {@link #head}, the
   * connection is closed without an answer; after it, the transfer is cut so that the client
   * notices.
   */
  void abort();
}
