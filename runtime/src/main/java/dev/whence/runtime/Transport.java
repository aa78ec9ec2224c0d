package dev.whence.runtime;

import java.util.List;

/**
 * Performs the HTTP exchanges of workers' subrequests: one hop, no redirects, no decoding; the
 * Fetch standard's rules live above it.
 *
 * <p>Thread: {@link #start} and the methods of {@link Exchange} are called on an isolate's thread
 * and must not block; listeners may be called on any thread.
 */
public interface Transport {

  /**
   * A request to send.
   *
   * @param url absolute, http or https
   * @param headers name, value, name, value, …
   * @param body the whole body; empty when there is none
   * @param streamsBody true when the body follows through {@link Exchange#write}; {@code body} is
   *     then empty
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier that is never compared
  record Request(
      String method, String url, List<String> headers, byte[] body, boolean streamsBody) {
    public Request {
      headers = List.copyOf(headers);
    }
  }

  /** Hears how an exchange goes. */
  interface Listener {
    /** Final response head (1xx are skipped); the body waits to be pulled. */
    void head(int status, String statusText, List<String> headers, BodySource body);

    /**
     * There will be no response; called at most once and only before {@link #head}.
     *
     * @param message names the origin and the reason in one sentence
     */
    void failed(String message);
  }

  /** A running exchange. */
  interface Exchange {
    /** Sends a piece of the request body; see {@link ResponseSink#write}. */
    void write(byte[] chunk, Runnable whenWritable);

    /** The streamed request body is complete. */
    void endBody();

    /** Ends the exchange: the connection is closed or reset, no listener is called any more. */
    void cancel();
  }

  /** Starts an exchange. Failures are reported to the listener, never thrown. */
  Exchange start(Request request, Listener listener);
}
