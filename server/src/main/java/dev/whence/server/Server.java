package dev.whence.server;

import dev.whence.runtime.Transport;
import dev.whence.server.dashboard.Dashboard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The whole server: a front for the worker, a front for the operator, and the transport that the
 * worker's subrequests take.
 *
 * <pre>{@code
 * Server server = Server.create(ServerOptions.of("127.0.0.1", 8787, 8788));
 * Worker worker = Worker.load(source, options, server.transport(), traces);
 * server.host().replace(adapt(worker));
 * server.listen();
 * ...
 * server.stop(Duration.ofSeconds(30));
 * }</pre>
 *
 * <p>Thread: any, but not an event loop: methods may block.
 */
public final class Server {

  /** Binding, and closing sockets that are already idle, takes no longer than this. */
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  private final ServerOptions options;
  private final GuardedTransport sockets;
  private final Vertx vertx;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Dashboard dashboard;
  private final WorkerHost host;
  private final HttpFront front;
  private final AdminFront admin;
  private final AdminShield shield;
  private final VertxTransport transport;
  private volatile int port;
  private volatile int adminPort;

  private Server(ServerOptions options) {
    this.options = options;
    this.sockets = new GuardedTransport(options);
    this.vertx = createVertx(sockets);
    this.dashboard = new Dashboard(vertx, options.recording() == Recording.ALWAYS);
    this.host = new WorkerHost(options.retireTime(), dashboard);
    this.front = new HttpFront(vertx, host, new ErrorPages(host::name, options.showCauses()));
    this.admin = new AdminFront(vertx, dashboard);
    this.shield = new AdminShield();
    this.transport = new VertxTransport(vertx, shield);
  }

  /** A server that does not listen yet. */
  public static Server create(ServerOptions options) {
    return new Server(options);
  }

  /** What takes the worker's subrequests to the network; usable before the server listens. */
  public Transport transport() {
    return transport;
  }

  /** Who serves the requests. */
  public WorkerHost host() {
    return host;
  }

  /**
   * Opens both ports.
   *
   * @throws IOException with one line that names the port, when one cannot be had
   */
  public void listen() throws IOException {
    adminPort = bound(admin.listen(options.adminHost(), options.adminPort()), options.adminPort());
    shield.protect(adminPort);
    dashboard.start();
    int loops = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() / 2));
    port = bound(front.listen(options.host(), options.port(), loops), options.port());
  }

  /** The port that workers are served on; 0 before {@link #listen}. */
  public int port() {
    return port;
  }

  /** The port of the admin front; 0 before {@link #listen}. */
  public int adminPort() {
    return adminPort;
  }

  /**
   * Stops gracefully: no new connections, requests in flight are answered and their waitUntil work
   * is done, then everything is closed. Returns when that is so; a second call returns at once.
   *
   * @param within after this the rest is cut
   */
  public void stop(Duration within) {
    if (stopping.getAndSet(true)) {
      return;
    }
    long deadline = System.nanoTime() + within.toNanos();
    Future<Void> frontStopped = front.stop(within);
    sockets.closeIdle();
    await(frontStopped.toCompletionStage().toCompletableFuture(), within.plus(AT_ONCE));
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    await(host.stop(left), left.plus(AT_ONCE));
    dashboard.stop();
    await(admin.stop().toCompletionStage().toCompletableFuture(), AT_ONCE);
    await(vertx.close().toCompletionStage().toCompletableFuture(), AT_ONCE);
  }

  private static Vertx createVertx(GuardedTransport sockets) {
    QuietLogging.apply();
    // The JVM's resolver knows all that the system's does, and costs nothing at start-up.
    System.setProperty("vertx.disableDnsResolver", "true");
    int loops = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() / 2));
    VertxOptions vertxOptions =
        new VertxOptions()
            .setEventLoopPoolSize(loops)
            .setWorkerPoolSize(8)
            .setInternalBlockingPoolSize(2)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false));
    return Vertx.builder().with(vertxOptions).withTransport(sockets).build();
  }

  private int bound(Future<Integer> binding, int wanted) throws IOException {
    try {
      return binding
          .toCompletionStage()
          .toCompletableFuture()
          .get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      stop(Duration.ZERO);
      String reason =
          cause instanceof BindException ? "is in use or may not be opened" : "cannot be opened";
      throw new IOException("Port " + wanted + " " + reason + ": " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new IOException("Port " + wanted + " could not be opened in time.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while opening port " + wanted + ".", e);
    }
  }

  private static void await(CompletableFuture<Void> done, Duration within) {
    try {
      done.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Stopping goes on with the next part; what is left ends with the process.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
