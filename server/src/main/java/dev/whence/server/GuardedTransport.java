package dev.whence.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Java's own sockets, with a {@link ConnectionGuard} in every accepted connection. Vert.x shows a
 * connection to its user only once a whole request head has arrived; the guard must be there
 * before.
 *
 * <p>Thread: any (immutable).
 */
final class GuardedTransport extends NioTransport implements io.vertx.core.transport.Transport {

  private final ServerOptions options;
  private final Set<ConnectionGuard> guards = ConcurrentHashMap.newKeySet();

  GuardedTransport(ServerOptions options) {
    this.options = options;
  }

  @Override
  public void configure(NetServerOptions server, boolean domainSocket, ServerBootstrap bootstrap) {
    super.configure(server, domainSocket, bootstrap);
    bootstrap.handler(new GuardInstaller(options, guards));
  }

  /** Closes connections without a request, now, and the others when they have none left. */
  void closeIdle() {
    guards.forEach(ConnectionGuard::closeWhenIdle);
  }

  @Override
  public String name() {
    return "nio";
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return null;
  }

  @Override
  public Transport implementation() {
    return this;
  }

  /** Sees each accepted connection before it is registered. */
  @Sharable
  private static final class GuardInstaller extends ChannelInboundHandlerAdapter {
    private final ServerOptions options;
    private final Set<ConnectionGuard> guards;

    GuardInstaller(ServerOptions options, Set<ConnectionGuard> guards) {
      this.options = options;
      this.guards = guards;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      ConnectionGuard guard = new ConnectionGuard(options, guards);
      ((Channel) accepted).pipeline().addFirst(ConnectionGuard.NAME, guard);
      context.fireChannelRead(accepted);
    }
  }
}
