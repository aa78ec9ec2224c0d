package dev.whence.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a connection does between and besides its requests: it ends when a head takes too long or
 * nothing happens, and it finds out what a client means that closed its sending side.
 *
 * <p>TCP shows a client that left and a client that only sends no more ({@code shutdown}) as the
 * same FIN. They differ when something is sent to them: the one that left answers with a reset. So
 * while an HTTP/1.1 request waits for its answer, the guard sends {@code 100 Continue}, which every
 * client discards, a few milliseconds after the FIN and then at doubling distances: one that left
 * is noticed at the second, one that listens gets its answer. Where that is not possible (HTTP/1.0,
 * HTTP/2, an incomplete request, an answer under way) a FIN means that the client left.
 *
 * <p>Thread: the connection's event loop.
 */
// Writes and closes that fail change nothing: the connection is then closed anyway.
@SuppressWarnings("FutureReturnValueIgnored")
final class ConnectionGuard extends ChannelInboundHandlerAdapter {

  static final String NAME = "guard";

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TIMED_OUT =
      ShortAnswer.rawHttp1(408, "The request's headers took too long.");
  private static final long FIRST_PROBE_MILLIS = 20;
  private static final long LAST_PROBE_MILLIS = 5_000;

  /** Where a request stands, as far as a half-closed connection cares. */
  interface OpenExchange {
    /** True while an interim answer may be sent and the request has arrived whole. */
    boolean mayBeProbed();
  }

  private final Set<ConnectionGuard> guards;
  private final long headersNanos;
  private final long idleNanos;
  private volatile @Nullable ChannelHandlerContext context;
  private @Nullable ScheduledFuture<?> deadlineCheck;
  private long deadlineNanos;
  private boolean headBegun;
  private boolean http2;
  private boolean inputClosed;
  private boolean stopping;
  private int open;
  private @Nullable OpenExchange current;
  private @Nullable String clientAddress;

  /**
   * A guard for one connection.
   *
   * @param guards all open connections' guards; this one adds and removes itself
   */
  ConnectionGuard(ServerOptions options, Set<ConnectionGuard> guards) {
    this.guards = guards;
    this.headersNanos = options.headersTime().toNanos();
    this.idleNanos = options.idleTime().toNanos();
  }

  static ConnectionGuard of(Channel channel) {
    return (ConnectionGuard) channel.pipeline().get(NAME);
  }

  /** The connection needs no guard: its requests come from the operator. */
  static void dismiss(Channel channel) {
    channel.pipeline().remove(NAME);
  }

  /** The other side's IP address, without zone and port. */
  String clientAddress(Channel channel) {
    String address = clientAddress;
    if (address == null) {
      address = "";
      if (channel.remoteAddress() instanceof InetSocketAddress remote) {
        address = remote.getAddress().getHostAddress();
        int zone = address.indexOf('%');
        address = zone < 0 ? address : address.substring(0, zone);
      }
      clientAddress = address;
    }
    return address;
  }

  /** The connection speaks HTTP/1: a FIN is no longer answered with a close. */
  void speaksHttp1(Channel channel) {
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  /** The connection speaks HTTP/2, where bytes arrive at any time. */
  void speaksHttp2() {
    http2 = true;
    headBegun = false;
  }

  /** A request's head has arrived. */
  void opened(OpenExchange exchange) {
    headBegun = false;
    open++;
    current = exchange;
  }

  /** A request's answer has been sent, or will never be. */
  void closed(OpenExchange exchange) {
    open--;
    if (current == exchange) {
      current = null;
    }
    deadlineNanos = System.nanoTime() + (headBegun ? headersNanos : idleNanos);
    ChannelHandlerContext active = context;
    if ((inputClosed || stopping) && open == 0 && active != null) {
      // Not at once: a pipelined request may be about to open.
      active.executor().execute(this::closeWhenDone);
    }
  }

  /** The server stops: no request may follow those that are open. Thread: any. */
  void closeWhenIdle() {
    ChannelHandlerContext active = context;
    if (active != null) {
      Hop.to(
          active.executor(),
          () -> {
            stopping = true;
            closeWhenDone();
          });
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    guards.add(this);
    deadlineNanos = System.nanoTime() + headersNanos;
    checkDeadline();
    active.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    handlerRemoved(inactive);
    inactive.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    if (deadlineCheck != null) {
      deadlineCheck.cancel(false);
    }
    context = null;
    guards.remove(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    if (!headBegun && !http2 && open == 0) {
      headBegun = true;
      deadlineNanos = System.nanoTime() + headersNanos;
    }
    reading.fireChannelRead(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputClosed = true;
      probeOrClose(FIRST_PROBE_MILLIS, false);
    } else if (!(event instanceof ChannelInputShutdownReadComplete)) {
      triggered.fireUserEventTriggered(event);
    }
  }

  private void probeOrClose(long delayMillis, boolean send) {
    ChannelHandlerContext active = context;
    if (active == null) {
      return;
    }
    OpenExchange exchange = current;
    if (exchange == null && open == 0) {
      closeWhenDone();
    } else if (exchange == null || exchange.mayBeProbed()) {
      if (send && exchange != null) {
        active.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
      }
      long next = Math.min(delayMillis * 2, LAST_PROBE_MILLIS);
      active
          .executor()
          .schedule(() -> probeOrClose(next, true), delayMillis, TimeUnit.MILLISECONDS);
    } else if (!send) {
      active.close();
    }
  }

  private void closeWhenDone() {
    ChannelHandlerContext active = context;
    if (open == 0 && active != null) {
      active.close();
    }
  }

  /** Looks at the deadline from time to time, so that requests only have to move it. */
  private void checkDeadline() {
    ChannelHandlerContext active = context;
    if (active == null) {
      return;
    }
    if (open > 0 || System.nanoTime() - deadlineNanos < 0) {
      deadlineCheck =
          active
              .executor()
              .schedule(
                  this::checkDeadline, Math.min(headersNanos, idleNanos) / 4, TimeUnit.NANOSECONDS);
    } else if (headBegun && !http2) {
      active
          .writeAndFlush(Unpooled.wrappedBuffer(TIMED_OUT))
          .addListener(ChannelFutureListener.CLOSE);
    } else {
      active.close();
    }
  }
}
