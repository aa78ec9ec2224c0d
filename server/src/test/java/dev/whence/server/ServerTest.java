package dev.whence.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** What tests of the fronts share: a server on free ports and clients, closed after each test. */
abstract class ServerTest {

  private final List<AutoCloseable> opened = new ArrayList<>();
  Server server;

  Server serve(FakeWorker worker) throws IOException {
    return serve(worker, Duration.ofSeconds(30), Duration.ofSeconds(75));
  }

  Server serve(FakeWorker worker, Duration headersTime, Duration idleTime) throws IOException {
    ServerOptions usual = ServerOptions.of("127.0.0.1", 0, 0);
    return serve(
        worker,
        new ServerOptions(
            usual.host(),
            0,
            usual.adminHost(),
            0,
            headersTime,
            idleTime,
            usual.retireTime(),
            usual.showCauses(),
            Recording.ALWAYS));
  }

  Server serve(FakeWorker worker, ServerOptions options) throws IOException {
    server = Server.create(options);
    worker.drained.complete(null);
    server.host().replace(worker);
    server.listen();
    return server;
  }

  RawClient client() throws IOException {
    return opened(new RawClient(server.port()));
  }

  <T extends AutoCloseable> T opened(T closeable) {
    opened.add(closeable);
    return closeable;
  }

  /** Waits for what must happen soon. */
  static <T> T soon(BlockingQueue<T> queue) throws InterruptedException {
    T element = queue.poll(10, TimeUnit.SECONDS);
    if (element == null) {
      throw new AssertionError("nothing arrived within 10 seconds");
    }
    return element;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : opened) {
      closeable.close();
    }
    if (server != null) {
      server.stop(Duration.ZERO);
    }
  }
}
