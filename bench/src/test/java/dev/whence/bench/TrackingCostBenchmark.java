package dev.whence.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Limits;
import dev.whence.runtime.Provenance;
import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.Worker;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerRequest;
import dev.whence.runtime.WorkerSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What it costs to know who made each promise, and where. In process, without HTTP. */
@Tag("bench")
class TrackingCostBenchmark {
  private static final int AT_ONCE = 64;

  private static final String HELLO =
      "export default { async fetch() { return new Response('hello'); } };";

  /** 200 promises and awaits a request. */
  private static final String PROMISES =
      """
      async function leaf(i) { return i; }
      export default { async fetch() {
        let sum = 0;
        for (let i = 0; i < 200; i++) sum += await leaf(i);
        return new Response(String(sum));
      } };
      """;

  @Test
  void helloWorld() throws Exception {
    compare("hello world", HELLO, 20_000);
  }

  @Test
  void twoHundredPromises() throws Exception {
    compare("200 promises a request", PROMISES, 3_000);
  }

  private static void compare(String title, String script, int requests) throws Exception {
    try (Worker off = load(script, Provenance.NONE);
        Worker owners = load(script, Provenance.OWNERS);
        Worker sites = load(script, Provenance.SITES)) {
      String table =
          new Contest()
              .add("off", () -> round(off, requests))
              .add("owners", () -> round(owners, requests))
              .add("sites", () -> round(sites, requests))
              .run(title, 3, 9, requests);
      System.out.println(table);
      assertThat(table).contains("sites");
    }
  }

  private static Worker load(String script, Provenance provenance) throws Exception {
    WorkerOptions options =
        new WorkerOptions(
            "bench",
            Map.of(),
            null,
            List.of(),
            null,
            false,
            false,
            false,
            provenance,
            false,
            Limits.defaults());
    byte[] text = script.getBytes(StandardCharsets.UTF_8);
    return Worker.load(
        WorkerSource.inMemory("worker.js", Map.of("worker.js", text)),
        options,
        (request, listener) -> {
          throw new IllegalStateException("no subrequests here");
        },
        item -> {});
  }

  private static long round(Worker worker, int requests) throws InterruptedException {
    Semaphore free = new Semaphore(AT_ONCE);
    long start = System.nanoTime();
    for (int i = 0; i < requests; i++) {
      free.acquire();
      worker.fetch(
          new WorkerRequest(
              "GET",
              "http://127.0.0.1:8787/",
              List.of("host", "127.0.0.1:8787", "accept", "*/*"),
              null,
              "127.0.0.1",
              "HTTP/1.1"),
          new Released(free));
    }
    free.acquire(AT_ONCE);
    return System.nanoTime() - start;
  }

  /** Takes an answer and makes room for the next request. */
  private record Released(Semaphore free) implements ResponseSink {
    @Override
    public void whole(Head head, byte[] body) {
      free.release();
    }

    @Override
    public void head(Head head, long length) {}

    @Override
    public void write(byte[] bytes, Runnable whenWritable) {
      whenWritable.run();
    }

    @Override
    public void end() {
      free.release();
    }

    @Override
    public void abort() {
      free.release();
    }
  }
}
