package dev.whence.webapi.bridge;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the commands of a turn: NUL-terminated fields, a code first; bytes come from the shared
 * region in the order of the commands.
 *
 * <p>Thread: the isolate's.
 */
public final class Commands {
  private static final byte[] NO_BYTES = {};

  private final ByteBuffer region;
  private @Nullable CommandHandler connected;
  private String text = "";
  private int position;

  /**
   * A reader for one isolate.
   *
   * @param region the memory in which JavaScript leaves bytes
   */
  public Commands(ByteBuffer region) {
    this.region = region;
  }

  /** Sets who carries out the commands; to be called before the first. */
  public void connect(CommandHandler handler) {
    connected = handler;
  }

  /** Hands all commands to the handler. */
  public void read(String commands) {
    text = commands;
    position = 0;
    region.position(0);
    while (position < text.length()) {
      readCommand();
    }
  }

  private void readCommand() {
    CommandHandler handler = Objects.requireNonNull(connected, "connected");
    String code = field();
    switch (code.charAt(0)) {
      case 'r' -> {
        long request = number();
        int status = (int) number();
        String statusText = field();
        handler.respond(request, status, statusText, body(), headers());
      }
      case 'c' -> {
        long stream = number();
        handler.chunk(stream, bytes((int) number()));
      }
      case 'e' -> handler.endStream(number());
      case 'x' -> handler.failStream(number(), field());
      case 't' -> handler.startTimer(number(), number(), number(), field());
      case 'u' -> handler.clearTimer(number());
      case 'f' -> {
        long request = number();
        long operation = number();
        String method = field();
        String url = field();
        handler.startSubrequest(request, operation, method, url, body(), headers());
      }
      case 'a' -> handler.abortSubrequest(number());
      case 'p' -> handler.pull(number());
      case 'k' -> handler.cancelStream(number());
      case 'l' -> handler.log(number(), field(), field(), field(), field());
      case 'L' -> handler.truncated(number());
      case '!' -> handler.exception(number(), field(), field(), field(), field());
      case 'w' -> handler.waitUntil(number(), (int) number());
      case 'h' -> handler.handlerFailed(number());
      case 'd' -> handler.handled(number());
      case 'o' -> handler.passThroughOnException(number());
      case 'v' -> handler.forward(number());
      case 'V' -> handler.close(number());
      case '+' -> handler.startPending(number(), number(), field());
      case '-' -> handler.endPending(number(), number());
      case 'q' -> handler.queueJob(number(), number());
      case 'm' -> handler.follow(number(), number(), number(), field().equals("1"));
      case 'g' -> handler.followedGone(number(), number(), number());
      case 'z' -> handler.continuationLost(number());
      case 'y' -> handler.settlementDropped(number(), number(), number());
      case 'i' -> handler.misused(number(), number(), number());
      default -> throw new IllegalStateException("unknown command '" + code + "'");
    }
  }

  private CommandHandler.Body body() {
    char kind = field().charAt(0);
    String detail = field();
    return switch (kind) {
      case 'n' -> new CommandHandler.Body(CommandHandler.BodyKind.NONE, NO_BYTES, 0, 0);
      case 'b' ->
          new CommandHandler.Body(
              CommandHandler.BodyKind.INLINE, bytes(Integer.parseInt(detail)), 0, 0);
      case 's' -> {
        int colon = detail.indexOf(':');
        yield new CommandHandler.Body(
            CommandHandler.BodyKind.STREAM,
            NO_BYTES,
            Long.parseLong(detail.substring(0, colon)),
            Long.parseLong(detail.substring(colon + 1)));
      }
      case 'i' ->
          new CommandHandler.Body(
              CommandHandler.BodyKind.PIPE, NO_BYTES, Long.parseLong(detail), -1);
      default -> throw new IllegalStateException("unknown body kind '" + kind + "'");
    };
  }

  private List<String> headers() {
    int count = 2 * (int) number();
    List<String> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(field());
    }
    return headers;
  }

  private byte[] bytes(int count) {
    if (count == 0) {
      return NO_BYTES;
    }
    byte[] bytes = new byte[count];
    region.get(bytes);
    return bytes;
  }

  private long number() {
    return Long.parseLong(field());
  }

  private String field() {
    int end = text.indexOf('\0', position);
    if (end < 0) {
      throw new IllegalStateException("a command without its end: " + text.substring(position));
    }
    String field = text.substring(position, end);
    position = end + 1;
    return field;
  }
}
