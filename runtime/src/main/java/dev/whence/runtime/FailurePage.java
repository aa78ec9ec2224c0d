package dev.whence.runtime;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The answer to a client whose request failed: a short text that carries the error, marked so that
 * a front can dress it up for browsers.
 *
 * <p>Thread: any.
 */
public final class FailurePage {
  /** Response header that marks answers made by the runtime; its value is the outcome. */
  public static final String MARKER = "whence-error";

  private FailurePage() {}

  static void send(ResponseSink sink, int status, Outcome outcome, String message) {
    send(sink, status, outcome, message, List.of());
  }

  static void send(
      ResponseSink sink, int status, Outcome outcome, String message, List<String> more) {
    List<String> headers = new java.util.ArrayList<>(more);
    headers.add("content-type");
    headers.add("text/plain; charset=utf-8");
    headers.add(MARKER);
    headers.add(outcome.wireName());
    byte[] body = (message + "\n").getBytes(StandardCharsets.UTF_8);
    sink.whole(new ResponseSink.Head(status, "", headers), body);
  }
}
