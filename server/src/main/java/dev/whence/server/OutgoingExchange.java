package dev.whence.server;

import dev.whence.runtime.Transport;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.AsciiString;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One subrequest: finds a connection, sends the request, and reports the response.
 *
 * <p>A kept-alive connection may turn out to have been closed by the other side just as it is used.
 * A request that may be repeated (safe method, no streamed body) is then sent once more.
 *
 * <p>Thread: its event loop; the methods of {@link Transport.Exchange} may be called from anywhere
 * and always hop, so that their order is kept.
 */
final class OutgoingExchange implements Transport.Exchange {

  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private enum Stage {
    CONNECTING,
    WAITING,
    ANSWERED,
    OVER
  }

  private record Piece(Buffer bytes, Runnable whenWritable) {}

  private final VertxTransport transport;
  private final EventLoop loop;
  private final @Nullable Origin origin;
  private final Transport.Request request;
  private final Transport.Listener listener;
  private final ArrayDeque<Piece> unsent = new ArrayDeque<>();
  private Stage stage = Stage.CONNECTING;
  private boolean bodyEnded;
  private boolean repeated;
  private boolean reused;
  private @Nullable HttpClientRequest sending;
  private @Nullable PulledBody responseBody;

  OutgoingExchange(
      VertxTransport transport,
      EventLoop loop,
      @Nullable Origin origin,
      Transport.Request request,
      Transport.Listener listener) {
    this.transport = transport;
    this.loop = loop;
    this.origin = origin;
    this.request = request;
    this.listener = listener;
  }

  /** Why a request cannot be sent at all, or null. */
  static @Nullable String problemOf(Transport.Request request, @Nullable Origin origin) {
    if (origin == null) {
      return "the URL of a subrequest is not an absolute http or https URL";
    }
    if (!HeaderRules.isName(request.method())) {
      return "request to " + origin + " failed: its method is not valid";
    }
    List<String> headers = request.headers();
    for (int i = 0; i + 1 < headers.size(); i += 2) {
      if (!HeaderRules.isName(headers.get(i)) || !HeaderRules.isValue(headers.get(i + 1))) {
        return "request to " + origin + " failed: it has a header that HTTP does not allow";
      }
    }
    return null;
  }

  /** Starts, on the context. */
  void begin() {
    if (stage == Stage.CONNECTING && origin != null) {
      Origin to = origin;
      transport.open(to, request.method()).onComplete(opened -> opened(to, opened));
    }
  }

  /** There will be no response. */
  void failed(String message) {
    if (stage == Stage.CONNECTING || stage == Stage.WAITING) {
      stage = Stage.OVER;
      unsent.clear();
      listener.failed(message);
    }
  }

  @Override
  public void write(byte[] chunk, Runnable whenWritable) {
    Hop.to(
        loop,
        () -> {
          if (stage == Stage.CONNECTING) {
            unsent.add(new Piece(wrap(chunk), whenWritable));
          } else if (stage != Stage.OVER && !bodyEnded) {
            send(new Piece(wrap(chunk), whenWritable));
          }
        });
  }

  @Override
  public void endBody() {
    Hop.to(
        loop,
        () -> {
          if (bodyEnded || stage == Stage.OVER) {
            return;
          }
          bodyEnded = true;
          if (sending != null && stage != Stage.CONNECTING) {
            sending.end();
          }
        });
  }

  @Override
  public void cancel() {
    Hop.to(loop, this::cut);
  }

  private void opened(Origin to, AsyncResult<HttpClientRequest> opened) {
    if (stage == Stage.OVER) {
      if (opened.succeeded()) {
        // Never sent: the connection goes back to the pool.
        opened.result().exceptionHandler(cancelled -> {});
        opened.result().reset();
      }
      return;
    }
    if (opened.failed()) {
      failed(FailureMessages.connecting(to, opened.cause()));
      return;
    }
    HttpClientRequest out = opened.result();
    sending = out;
    stage = Stage.WAITING;
    reused = transport.isReused(out.connection());
    out.exceptionHandler(failure -> {});
    out.response().onComplete(response -> answered(to, out, response));
    sendHead(to, out);
  }

  private void sendHead(Origin to, HttpClientRequest out) {
    String declaredLength = addHeaders(to, out.headers());
    if (request.streamsBody()) {
      if (declaredLength == null) {
        out.setChunked(true);
      } else {
        out.putHeader("content-length", declaredLength);
      }
      out.sendHead();
      while (!unsent.isEmpty()) {
        send(unsent.remove());
      }
      if (bodyEnded) {
        out.end();
      }
    } else if (request.body().length > 0) {
      out.end(wrap(request.body()));
    } else {
      if (WITH_BODY.contains(request.method())) {
        out.putHeader("content-length", "0");
      }
      out.end();
    }
  }

  /** Adds what may be passed on; returns the length that was declared for a streamed body. */
  private @Nullable String addHeaders(Origin to, MultiMap target) {
    String declaredLength = null;
    target.set("host", to.authority());
    List<String> headers = request.headers();
    for (int i = 0; i + 1 < headers.size(); i += 2) {
      String name = headers.get(i);
      String value = headers.get(i + 1);
      if (name.equalsIgnoreCase("content-length")) {
        declaredLength = HeaderRules.isLength(value) ? value : null;
      } else if (!HeaderRules.isHopByHop(name)
          && !name.equalsIgnoreCase("host")
          && !name.equalsIgnoreCase("upgrade")
          && !name.equalsIgnoreCase("expect")) {
        if (HeaderRules.isAscii(value)) {
          target.add(name, value);
        } else {
          byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
          target.add(name, (CharSequence) new AsciiString(bytes, false));
        }
      }
    }
    return declaredLength;
  }

  private void send(Piece piece) {
    HttpClientRequest out = sending;
    if (out == null) {
      return;
    }
    out.write(piece.bytes());
    if (out.writeQueueFull()) {
      out.drainHandler(
          drained -> {
            out.drainHandler(null);
            piece.whenWritable().run();
          });
    } else {
      piece.whenWritable().run();
    }
  }

  private void answered(Origin to, HttpClientRequest out, AsyncResult<HttpClientResponse> answer) {
    if (stage != Stage.WAITING || out != sending) {
      return;
    }
    if (answer.failed()) {
      if (reused && !repeated && isRepeatable() && FailureMessages.isClosed(answer.cause())) {
        repeated = true;
        stage = Stage.CONNECTING;
        sending = null;
        begin();
      } else {
        failed(FailureMessages.answering(to, answer.cause()));
      }
      return;
    }
    stage = Stage.ANSWERED;
    HttpClientResponse response = answer.result();
    PulledBody body = new PulledBody(response, loop, 0, this::cut);
    responseBody = body;
    response.exceptionHandler(failure -> body.fail(FailureMessages.reading(to, failure)));
    List<String> headers = new ArrayList<>();
    for (Map.Entry<String, String> header : response.headers()) {
      headers.add(header.getKey());
      headers.add(header.getValue());
    }
    listener.head(response.statusCode(), response.statusMessage(), headers, body);
  }

  private boolean isRepeatable() {
    return REPEATABLE.contains(request.method())
        && !request.streamsBody()
        && request.body().length == 0;
  }

  private void cut() {
    if (stage == Stage.OVER) {
      return;
    }
    stage = Stage.OVER;
    unsent.clear();
    PulledBody body = responseBody;
    if (sending != null
        && (body == null || !body.isOver() || (!bodyEnded && request.streamsBody()))) {
      sending.reset();
    }
  }

  private static Buffer wrap(byte[] bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }
}
