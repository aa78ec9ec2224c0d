package dev.whence.conformance.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A server that workers ask. It is as slow as the test wants: a held path is answered only once the
 * test says so.
 *
 * <p>Thread: the methods any.
 */
final class Upstream implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 40;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Semaphore arrived = new Semaphore(0);
  private final CountDownLatch released = new CountDownLatch(1);

  private Upstream() {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
  }

  /** One that knows no path yet. */
  static Upstream start() {
    Upstream upstream = new Upstream();
    upstream.server.start();
    return upstream;
  }

  /** Adds a path that is answered at once. */
  Upstream on(String path, HttpHandler handler) {
    server.createContext(path, handler);
    return this;
  }

  /** Adds a path that is answered once {@link #release} was called. */
  Upstream holding(String path, String contentType, String body) {
    return on(
        path,
        exchange -> {
          arrived.release();
          awaitRelease();
          exchange.getResponseHeaders().set("Content-Type", contentType);
          answer(exchange, 200, body);
        });
  }

  /** Sends a text. */
  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** Waits until that many more requests for held paths have come. */
  Upstream awaitRequests(int count) throws InterruptedException {
    if (!arrived.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(count + " requests did not come, but " + arrived.availablePermits());
    }
    return this;
  }

  /** Held requests that came and were not waited for. */
  int unseenRequests() {
    return arrived.availablePermits();
  }

  /** Lets all held requests be answered, those to come as well. */
  void release() {
    released.countDown();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
