package dev.whence.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The operator's door, on a port of its own that no worker can reach: {@code GET /health}.
 *
 * <p>Thread: any; requests are handled on an event loop.
 */
final class AdminFront {

  private final Vertx vertx;
  private @Nullable HttpServer server;

  AdminFront(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Starts to listen; called once.
   *
   * @return the port
   */
  Future<Integer> listen(String host, int port) {
    HttpServer listener =
        vertx
            .createHttpServer(new HttpServerOptions())
            .connectionHandler(
                connection -> ConnectionGuard.dismiss(((ConnectionBase) connection).channel()))
            .requestHandler(AdminFront::answer)
            .exceptionHandler(connectionFailure -> {});
    server = listener;
    return listener.listen(port, host).map(HttpServer::actualPort);
  }

  Future<Void> stop() {
    HttpServer listener = server;
    return listener == null
        ? Future.succeededFuture()
        : listener.shutdown(0, TimeUnit.MILLISECONDS);
  }

  private static void answer(HttpServerRequest request) {
    boolean found = request.method().equals(HttpMethod.GET) && "/health".equals(request.path());
    request
        .response()
        .setStatusCode(found ? 200 : 404)
        .putHeader("content-type", "application/json")
        .end(found ? "{\"status\":\"ok\"}" : "{\"error\":\"not found\"}");
  }
}
