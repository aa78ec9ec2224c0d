package dev.whence.server;

import dev.whence.runtime.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Subrequests over HTTP/1.1 with kept-alive connections; https trusts what the JVM trusts. The
 * addresses of a host are looked up first, checked against the {@link AdminShield}, and the very
 * same address is connected to.
 *
 * <p>Thread: any.
 */
final class VertxTransport implements Transport {

  private static final int CONNECTIONS_PER_ORIGIN = 128;
  private static final int WAITING_PER_ORIGIN = 10_000;
  private static final int LONGEST_HEADERS = 64 * 1024;
  private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
  private static final Duration KEPT_ALIVE = Duration.ofSeconds(15);

  private final VertxInternal vertx;
  private final AdminShield shield;
  private final HostAddresses hosts;
  private @Nullable HttpClient client;

  /** Connections that have not carried a request yet. */
  private final Set<HttpConnection> fresh = ConcurrentHashMap.newKeySet();

  VertxTransport(Vertx vertx, AdminShield shield) {
    this.vertx = (VertxInternal) vertx;
    this.shield = shield;
    this.hosts = new HostAddresses(vertx);
  }

  @Override
  public Exchange start(Request request, Listener listener) {
    ContextInternal context = vertx.createEventLoopContext();
    Origin origin = Origin.of(request.url());
    String problem = OutgoingExchange.problemOf(request, origin);
    if (problem != null || origin == null) {
      OutgoingExchange refused =
          new OutgoingExchange(this, context.nettyEventLoop(), null, request, listener);
      context.runOnContext(now -> refused.failed(String.valueOf(problem)));
      return refused;
    }
    OutgoingExchange exchange =
        new OutgoingExchange(this, context.nettyEventLoop(), origin, request, listener);
    context.runOnContext(now -> exchange.begin());
    return exchange;
  }

  /**
   * Finds a connection, pooled or new. Called on the exchange's context.
   *
   * @return fails with a {@link RefusedException} when no address of the host may be used
   */
  Future<HttpClientRequest> open(Origin origin, String method) {
    return hosts
        .of(origin.host())
        .compose(
            addresses -> {
              for (InetAddress address : addresses) {
                if (shield.refuses(address, origin.port())) {
                  return Future.failedFuture(new RefusedException());
                }
              }
              return open(origin, method, addresses, 0);
            });
  }

  /** True when this connection has carried a request before; asked once for each request. */
  boolean isReused(HttpConnection connection) {
    return !fresh.remove(connection);
  }

  private Future<HttpClientRequest> open(
      Origin origin, String method, List<InetAddress> addresses, int index) {
    RequestOptions options =
        new RequestOptions()
            .setServer(
                SocketAddress.inetSocketAddress(
                    new InetSocketAddress(addresses.get(index), origin.port())))
            .setHost(origin.host())
            .setPort(origin.port())
            .setSsl(origin.secure())
            .setMethod(HttpMethod.valueOf(method))
            .setURI(origin.target())
            .setFollowRedirects(false);
    return client()
        .request(options)
        .recover(
            failure ->
                failure instanceof ConnectException && index + 1 < addresses.size()
                    ? open(origin, method, addresses, index + 1)
                    : Future.failedFuture(failure));
  }

  /**
   * Made with the first subrequest: many workers have none, and start-up should not wait for it.
   */
  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made =
          vertx
              .httpClientBuilder()
              .with(
                  new HttpClientOptions()
                      .setProtocolVersion(HttpVersion.HTTP_1_1)
                      .setConnectTimeout((int) CONNECT_TIME.toMillis())
                      .setKeepAliveTimeout((int) KEPT_ALIVE.toSeconds())
                      .setMaxHeaderSize(LONGEST_HEADERS)
                      .setDecompressionSupported(false))
              .with(
                  new PoolOptions()
                      .setHttp1MaxSize(CONNECTIONS_PER_ORIGIN)
                      .setMaxWaitQueueSize(WAITING_PER_ORIGIN))
              .withConnectHandler(this::connected)
              .build();
      client = made;
    }
    return made;
  }

  private void connected(HttpConnection connection) {
    fresh.add(connection);
    connection.closeHandler(closed -> fresh.remove(connection));
    ((ConnectionBase) connection)
        .channel()
        .pipeline()
        .addBefore("handler", "interim", new InterimResponses());
  }

  /** The host's address is one that workers must not reach. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException() {
      super("refused", null, false, false);
    }
  }
}
