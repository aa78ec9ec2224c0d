package dev.whence.server;

import dev.whence.runtime.FailurePage;
import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.WorkerRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer on a client's connection.
 *
 * <p>Thread: the connection's event loop; the methods of {@link ResponseSink} may be called from
 * anywhere and always hop, so that their order is kept.
 */
final class Exchange implements ResponseSink, ConnectionGuard.OpenExchange {

  /** A body that nobody wants is read to its end up to this size, to keep the connection. */
  private static final long DISCARDABLE = 1024 * 1024;

  /** HTTP/2 error codes (RFC 9113, section 7). */
  private static final long INTERNAL_ERROR = 2;

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Channel channel;
  private final EventLoop loop;
  private final ConnectionGuard guard;
  private final ResponseHead responseHead;
  private final ErrorPages errorPages;
  private @Nullable Runnable clientLeft;
  private @Nullable PulledBody body;
  private long bytesLeft = -1;
  private boolean begun;
  private boolean bodyless;
  private boolean over;
  private boolean closed;

  Exchange(HttpServerRequest request, Channel channel, ErrorPages errorPages) {
    this.request = request;
    this.response = request.response();
    this.channel = channel;
    this.loop = channel.eventLoop();
    this.guard = ConnectionGuard.of(channel);
    this.responseHead =
        new ResponseHead(response, request.version(), request.method().name().equals("HEAD"));
    this.errorPages = errorPages;
  }

  /** Reads the head and hands the request on. */
  void start(FetchTarget target) {
    guard.opened(this);
    response.exceptionHandler(failure -> leave());
    response.closeHandler(closing -> leave());
    RequestReader reader = new RequestReader(request);
    if (reader.announcesBody()) {
      body = new PulledBody(request, loop, DISCARDABLE, this::cut);
    }
    request.exceptionHandler(failure -> leave());
    ShortAnswer refusal = reader.refusal();
    if (refusal != null) {
      refuse(refusal);
      return;
    }
    WorkerRequest read = reader.read(body, guard.clientAddress(channel));
    clientLeft = target.fetch(read, this);
  }

  @Override
  public boolean mayBeProbed() {
    return !begun && request.version() == HttpVersion.HTTP_1_1 && request.isEnded();
  }

  @Override
  public void whole(Head head, byte[] bytes) {
    Hop.to(loop, () -> sendWhole(head, bytes));
  }

  @Override
  public void failed(FailurePage page) {
    Hop.to(loop, () -> sendFailure(page));
  }

  @Override
  public void head(Head head, long contentLength) {
    Hop.to(loop, () -> sendHead(head, contentLength));
  }

  @Override
  public void write(byte[] chunk, Runnable whenWritable) {
    Hop.to(loop, () -> sendChunk(chunk, whenWritable));
  }

  @Override
  public void end() {
    Hop.to(loop, this::sendEnd);
  }

  @Override
  public void abort() {
    Hop.to(
        loop,
        () -> {
          if (!over) {
            over = true;
            cut();
            close();
          }
        });
  }

  private void sendWhole(Head head, byte[] bytes) {
    if (over || !isSendable(head)) {
      return;
    }
    begun = true;
    over = true;
    int length = head.status() == 205 ? 0 : bytes.length;
    responseHead.apply(head, length);
    if (length == 0 || responseHead.isBodyless(head.status())) {
      finish(response.end());
    } else {
      finish(response.end(wrap(bytes)));
    }
  }

  private void sendFailure(FailurePage page) {
    if (over) {
      return;
    }
    ErrorPages.Answer answer =
        errorPages.answer(
            page, request.getHeader("accept"), request.method().name(), request.uri());
    sendWhole(answer.head(), answer.body());
  }

  private void sendHead(Head head, long contentLength) {
    if (over || !isSendable(head)) {
      return;
    }
    begun = true;
    responseHead.apply(head, contentLength);
    bodyless = responseHead.isBodyless(head.status());
    bytesLeft = contentLength;
    if (bodyless) {
      finish(response.end());
    } else if (contentLength >= 0 || request.version() != HttpVersion.HTTP_1_0) {
      response.writeHead();
    }
  }

  private void sendChunk(byte[] chunk, Runnable whenWritable) {
    if (over) {
      return;
    }
    if (bodyless) {
      whenWritable.run();
      return;
    }
    if (bytesLeft >= 0) {
      bytesLeft -= chunk.length;
      if (bytesLeft < 0) {
        fail();
        return;
      }
    }
    response.write(wrap(chunk));
    if (response.writeQueueFull()) {
      response.drainHandler(
          drained -> {
            response.drainHandler(null);
            whenWritable.run();
          });
    } else {
      whenWritable.run();
    }
  }

  private void sendEnd() {
    if (over) {
      return;
    }
    over = true;
    if (bodyless) {
      return;
    }
    if (bytesLeft > 0) {
      cut();
      close();
      return;
    }
    var sent = response.end();
    if (bytesLeft < 0 && request.version() == HttpVersion.HTTP_1_0) {
      sent.onComplete(done -> request.connection().close());
    }
    finish(sent);
  }

  /** More bytes than announced: the client must not take them for a second answer. */
  private void fail() {
    over = true;
    cut();
    close();
    stopWorker();
  }

  private boolean isSendable(Head head) {
    String problem = ResponseHead.problemOf(head);
    if (problem == null) {
      return true;
    }
    refuse(new ShortAnswer(500, problem));
    stopWorker();
    return false;
  }

  private void refuse(ShortAnswer answer) {
    begun = true;
    over = true;
    finish(answer.sendTo(request));
  }

  private void finish(Future<Void> sent) {
    sent.onComplete(done -> close());
    if (body != null) {
      body.release();
    }
  }

  /** The connection ended, or the client reset the stream. */
  private void leave() {
    if (body != null) {
      body.fail("The client closed the connection before the request body was complete.");
    }
    close();
    if (!over) {
      over = true;
      stopWorker();
    }
  }

  /** Ends the transfer so that nobody takes it for complete. */
  private void cut() {
    if (request.version() == HttpVersion.HTTP_2) {
      response.reset(INTERNAL_ERROR);
      return;
    }
    if (request.version() == HttpVersion.HTTP_1_0 && bytesLeft < 0) {
      // Here a plain close would be a proper end.
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    request.connection().close();
  }

  /** Nobody takes the rest of the answer. */
  private void stopWorker() {
    Runnable left = clientLeft;
    if (left != null) {
      left.run();
    }
  }

  private void close() {
    if (!closed) {
      closed = true;
      guard.closed(this);
    }
  }

  private static Buffer wrap(byte[] bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }
}
