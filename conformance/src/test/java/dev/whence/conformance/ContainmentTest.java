package dev.whence.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.TraceListener;
import dev.whence.runtime.Worker;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerRequest;
import dev.whence.runtime.WorkerSource;
import dev.whence.runtime.WorkerStartException;
import dev.whence.testkit.FakeTransport;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainmentTest {
  private static final String HELLO =
      "export default { fetch(request) { return new Response('hello ' + request.method) } }";

  private static final WorkerRequest GET =
      new WorkerRequest(
          "GET", "http://worker.test/broken", List.of(), null, "127.0.0.1", "HTTP/1.1");

  @Test
  void keepsTheFaultsOfAFrontFromTheOtherRequests() {
    try (TestWorker worker = TestWorker.of(HELLO).start()) {
      worker.worker().fetch(GET, new BrokenSink());

      assertThat(worker.trace("/broken").failed()).isFalse();
      assertThat(worker.get("/").answer().text()).isEqualTo("hello GET");
      assertThat(worker.traces(2)).hasSize(2);
    }
  }

  @Test
  void keepsTheFaultsOfATraceListenerFromTheOtherRequests() throws WorkerStartException {
    WorkerSource source =
        WorkerSource.inMemory("worker.js", Map.of("worker.js", HELLO.getBytes(UTF_8)));
    TraceListener broken =
        item -> {
          throw new IllegalStateException("the listener is broken");
        };
    try (FakeTransport upstream = new FakeTransport();
        Worker worker = Worker.load(source, WorkerOptions.named("test"), upstream, broken)) {
      for (int i = 0; i < 3; i++) {
        TestClient client = new TestClient();
        worker.fetch(GET, client);
        assertThat(client.answer().text()).isEqualTo("hello GET");
      }
      worker.drained().join();
      assertThat(worker.inFlight()).isZero();
    }
  }

  @Test
  void answersARequestThatComesAfterTheWorkerWasClosed() {
    TestWorker worker = TestWorker.of(HELLO).start();
    worker.close();
    TestClient client = new TestClient();

    worker.worker().fetch(GET, client);

    assertThat(client.answer().status()).isEqualTo(503);
    assertThat(client.answer().text()).isEqualTo("The worker has been closed.\n");
  }

  private static final class BrokenSink implements ResponseSink {
    @Override
    public void whole(Head head, byte[] body) {
      throw new IllegalStateException("the front is broken");
    }

    @Override
    public void head(Head head, long contentLength) {
      throw new IllegalStateException("the front is broken");
    }

    @Override
    public void write(byte[] chunk, Runnable whenWritable) {}

    @Override
    public void end() {}

    @Override
    public void abort() {}
  }
}
