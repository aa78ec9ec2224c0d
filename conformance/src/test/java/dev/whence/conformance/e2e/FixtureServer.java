package dev.whence.conformance.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The dashboard's own files, and a stream of events that the test writes: what is to be seen does
 * not depend on how fast this machine is.
 *
 * <p>Thread: the test's.
 */
final class FixtureServer implements AutoCloseable {
  private static final String FILES = "/dev/whence/server/dashboard";
  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  private FixtureServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::sendFile);
    server.createContext("/api/events", this::sendEvents);
  }

  static FixtureServer start() {
    try {
      FixtureServer fixture = new FixtureServer();
      fixture.server.start();
      return fixture;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Sends an event to the page, now or when it has connected. */
  void send(String type, String json) {
    events.add("event: " + type + "\ndata: " + String.join("", json.lines().toList()) + "\n\n");
  }

  private void sendFile(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String name = path.equals("/") ? "/index.html" : path;
    try (InputStream in = FixtureServer.class.getResourceAsStream(FILES + name)) {
      byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
      exchange.getResponseHeaders().set("content-type", mediaType(name));
      exchange.getResponseHeaders().set("content-security-policy", POLICY);
      exchange.sendResponseHeaders(in == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private static String mediaType(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return List.of("html", "css").contains(ending)
        ? "text/" + ending
        : ending.equals("svg") ? "image/svg+xml" : "text/javascript";
  }

  private void sendEvents(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("content-type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (true) {
        out.write(events.take().getBytes(UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
