package dev.whence.server;

import dev.whence.server.dashboard.Dashboard;
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
 * The operator's door, on a port of its own that no worker can reach: {@code GET /health}, and the
 * dashboard.
 *
 * <p>Thread: any; requests are handled on an event loop.
 */
final class AdminFront {

  private final Vertx vertx;
  private final Dashboard dashboard;
  private @Nullable HttpServer server;

  AdminFront(Vertx vertx, Dashboard dashboard) {
    this.vertx = vertx;
    this.dashboard = dashboard;
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
            .requestHandler(this::answer)
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

  private void answer(HttpServerRequest request) {
    AdminGuard.protect(request.response());
    if (isHealthCheck(request)) {
      send(request, 200, "{\"status\":\"ok\"}");
      return;
    }
    ShortAnswer refusal = AdminGuard.refusal(request);
    if (refusal != null) {
      var unused = refusal.sendTo(request);
    } else if (!dashboard.answer(request)) {
      send(request, 404, "{\"error\":\"not found\"}");
    }
  }

  /** It tells nothing, so whoever reaches the port may ask, under whatever name. */
  private static boolean isHealthCheck(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET) && "/health".equals(request.path());
  }

  private static void send(HttpServerRequest request, int status, String json) {
    var unused =
        request
            .response()
            .setStatusCode(status)
            .putHeader("content-type", "application/json")
            .end(json);
  }
}
