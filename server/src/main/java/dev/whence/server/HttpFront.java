package dev.whence.server;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listens for HTTP/1.1 and clear-text HTTP/2 (by prior knowledge or upgrade) and gives each request
 * to a {@link FetchTarget}.
 *
 * <p>Thread: any; requests are handled on the event loops.
 */
final class HttpFront {

  private static final int LONGEST_REQUEST_LINE = 8 * 1024;
  private static final int LONGEST_HEADERS = 32 * 1024;

  /** Vert.x: instances that listen on the same negative port share one free port. */
  private static final AtomicInteger LAST_SHARED_PORT = new AtomicInteger();

  private final Vertx vertx;
  private final FetchTarget target;
  private final ErrorPages errorPages;
  private final List<HttpServer> listeners = new ArrayList<>();

  /**
   * Listens nowhere yet.
   *
   * @param errorPages answers of requests that failed
   */
  HttpFront(Vertx vertx, FetchTarget target, ErrorPages errorPages) {
    this.vertx = vertx;
    this.target = target;
    this.errorPages = errorPages;
  }

  /**
   * Starts to listen; called once.
   *
   * @param loops event loops that share the connections
   * @return the port
   */
  Future<Integer> listen(String host, int port, int loops) {
    int sharedPort = port == 0 ? -LAST_SHARED_PORT.incrementAndGet() : port;
    Future<Integer> result = listenOnNewLoop(host, sharedPort);
    for (int i = 1; i < loops; i++) {
      result = result.compose(bound -> listenOnNewLoop(host, sharedPort));
    }
    return result;
  }

  /**
   * Accepts no more connections, closes idle ones, and the others after their answer.
   *
   * @param within after this the rest is cut
   */
  Future<Void> stop(Duration within) {
    List<Future<Void>> stopped = new ArrayList<>();
    synchronized (listeners) {
      for (HttpServer listener : listeners) {
        stopped.add(listener.shutdown(within.toMillis(), TimeUnit.MILLISECONDS));
      }
      listeners.clear();
    }
    return Future.join(stopped).mapEmpty();
  }

  private Future<Integer> listenOnNewLoop(String host, int port) {
    Promise<Integer> bound = Promise.promise();
    ((VertxInternal) vertx)
        .createEventLoopContext()
        .runOnContext(
            ready -> {
              HttpServer server =
                  vertx
                      .createHttpServer(options())
                      .connectionHandler(HttpFront::connected)
                      .requestHandler(this::arrived)
                      .invalidRequestHandler(HttpFront::refuseMalformed)
                      .exceptionHandler(connectionFailure -> {});
              server
                  .listen(port, host)
                  .map(
                      listening -> {
                        synchronized (listeners) {
                          listeners.add(listening);
                        }
                        return listening.actualPort();
                      })
                  .onComplete(bound);
            });
    return bound.future();
  }

  private void arrived(HttpServerRequest request) {
    new Exchange(request, channelOf(request.connection()), errorPages).start(target);
  }

  private static void refuseMalformed(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    ShortAnswer.toMalformed(cause).sendTo(request);
  }

  private static void connected(HttpConnection connection) {
    Channel channel = channelOf(connection);
    ConnectionGuard guard = ConnectionGuard.of(channel);
    if (connection instanceof Http1xServerConnection) {
      guard.speaksHttp1(channel);
    } else {
      guard.speaksHttp2();
    }
  }

  private static Channel channelOf(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
        .setMaxHeaderSize(LONGEST_HEADERS)
        .setHandle100ContinueAutomatically(true)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setInitialSettings(
            new Http2Settings().setMaxConcurrentStreams(256).setMaxHeaderListSize(LONGEST_HEADERS));
  }
}
