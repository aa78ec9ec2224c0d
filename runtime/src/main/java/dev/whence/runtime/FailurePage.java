package dev.whence.runtime;

import dev.whence.explain.Cause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a client whose request failed: a short text that carries the error, marked so that
 * a front can dress it up for browsers. The cause beside it names files and shows source; whether a
 * client may see that is the front's decision.
 *
 * <p>Thread: any (immutable).
 *
 * @param head with the type of {@link #text}
 * @param message one line
 * @param cause of the failure; null when there is no explanation
 */
public record FailurePage(ResponseSink.Head head, String message, @Nullable Cause cause) {
  /** Response header that marks answers made by the runtime; its value is the kind of failure. */
  public static final String MARKER = "whence-error";

  /**
   * An answer for a failure of any kind.
   *
   * @param status 500 to 599
   * @param kind for the header, for example {@code exception}
   */
  public static FailurePage of(int status, String kind, String message, @Nullable Cause cause) {
    return of(status, kind, message, cause, List.of());
  }

  private static FailurePage of(
      int status, String kind, String message, @Nullable Cause cause, List<String> more) {
    List<String> headers = new ArrayList<>(more);
    headers.add("content-type");
    headers.add("text/plain; charset=utf-8");
    headers.add(MARKER);
    headers.add(kind);
    return new FailurePage(new ResponseSink.Head(status, "", headers), message, cause);
  }

  /** What every client may see: the message alone. */
  public byte[] text() {
    return (message + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static void send(ResponseSink sink, int status, Outcome outcome, String message) {
    send(sink, status, outcome, message, (Cause) null);
  }

  static void send(
      ResponseSink sink, int status, Outcome outcome, String message, @Nullable Cause cause) {
    sink.failed(of(status, outcome.wireName(), message, cause));
  }

  static void send(
      ResponseSink sink, int status, Outcome outcome, String message, List<String> more) {
    sink.failed(of(status, outcome.wireName(), message, null, more));
  }
}
