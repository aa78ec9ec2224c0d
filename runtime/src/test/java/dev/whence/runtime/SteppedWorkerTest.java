package dev.whence.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.loop.Clock;
import dev.whence.loop.Inbox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class SteppedWorkerTest {
  private static final long SEED = 7;

  /** A clock that its owner moves. */
  private static final class MovedClock implements Clock {
    private long now = 1_000_000;

    @Override
    public long millis() {
      return now;
    }

    @Override
    public void await(Inbox arrivals, long untilMillis) {}
  }

  /** Collects one answer. */
  private static final class Client implements ResponseSink {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void whole(Head head, byte[] body) {
      text.append(new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void head(Head head, long contentLength) {}

    @Override
    public void write(byte[] chunk, Runnable whenWritable) {
      text.append(new String(chunk, StandardCharsets.UTF_8));
      whenWritable.run();
    }

    @Override
    public void end() {}

    @Override
    public void abort() {
      text.append("(cut)");
    }
  }

  private static SteppedWorker open(String script) {
    return SteppedWorker.open(
        WorkerSource.inMemory(
            "worker.js", Map.of("worker.js", script.getBytes(StandardCharsets.UTF_8))),
        WorkerOptions.named("test"));
  }

  /** Runs one instance to the end of its requests and returns their answers. */
  private static List<String> instance(SteppedWorker worker, String... paths) throws Exception {
    MovedClock clock = new MovedClock();
    Transport none =
        (request, listener) -> {
          throw new IllegalStateException("no upstream");
        };
    SteppedWorker.Instance instance =
        worker.start(clock, none, item -> {}, line -> {}, SEED, SteppedWorker.Detail.FULL);
    List<Client> clients = new ArrayList<>();
    for (String path : paths) {
      Client client = new Client();
      clients.add(client);
      instance.fetch(
          new WorkerRequest(
              "GET", "http://worker.test" + path, List.of(), null, "127.0.0.1", "HTTP/1.1"),
          client,
          SEED + clients.size());
    }
    while (true) {
      while (!instance.isIdle()) {
        instance.pass();
        instance.completions().forEach(instance::deliver);
      }
      if (instance.nextWakeMillis() == Long.MAX_VALUE) {
        break;
      }
      clock.now = instance.nextWakeMillis();
      instance.pass();
    }
    instance.end();
    return clients.stream().map(client -> client.text.toString()).toList();
  }

  private static void onThread(Callable<?> test) throws Exception {
    Object unused =
        SteppedWorker.onIsolateThread(
            () -> {
              Object result = test.call();
              return result == null ? "" : result;
            });
  }

  @Test
  void twentySecondsPassAtOnce() throws Exception {
    onThread(
        () -> {
          try (SteppedWorker worker =
              open(
                  "export default { async fetch() { await scheduler.wait(20000);"
                      + " return new Response('' + Date.now()); } }")) {
            assertThat(instance(worker, "/")).containsExactly("1020000");
          }
          return null;
        });
  }

  @Test
  void anInstanceKnowsNothingOfTheOneBefore() throws Exception {
    String script =
        """
        let count = 0;
        export default { async fetch(request) {
          const before = [count++, globalThis.left, [].left, String.prototype.left, Response.left,
            console.left, crypto.subtle.left, (async () => {}).constructor.prototype.left,
            Math.max(1, 2), JSON.stringify(Object.keys(globalThis)), RegExp.$1,
            (await caches.default.match('http://x.test/')) === undefined,
            setTimeout(() => {}, 1), Error.prepareStackTrace, Error.stackTraceLimit];
          globalThis.left = 1;
          Array.prototype.left = 2;
          String.prototype.left = 3;
          Response.left = 4;
          console.left = 5;
          crypto.subtle.left = 6;
          (async () => {}).constructor.prototype.left = 7;
          Math.max = () => 8;
          delete Response.left2;
          Error.prepareStackTrace = () => 'mine';
          Error.stackTraceLimit = 3;
          /(a)/.exec('a');
          await caches.default.put('http://x.test/', new Response('x', {headers: {'cache-control': 'max-age=60'}}));
          addEventListener('error', () => {});
          return new Response(JSON.stringify(before));
        } }
        """;
    onThread(
        () -> {
          try (SteppedWorker worker = open(script)) {
            List<String> first = instance(worker, "/a", "/b");
            assertThat(worker.clean(SEED, true).isClean()).isTrue();
            List<String> second = instance(worker, "/a", "/b");
            worker.clean(SEED, false);
            List<String> third = instance(worker, "/a", "/b");

            assertThat(first.get(0)).doesNotContain("mine").startsWith("[0,null,");
            assertThat(first.get(1)).isNotEqualTo(first.get(0));
            assertThat(second).isEqualTo(first);
            assertThat(third).isEqualTo(first);
          }
          return null;
        });
  }

  @Test
  void whatCannotBePutBackIsTold() throws Exception {
    onThread(
        () -> {
          try (SteppedWorker worker =
              open(
                  "export default { fetch() { Object.freeze(Array.prototype);"
                      + " Object.defineProperty(globalThis, 'stuck', {value: 1});"
                      + " delete Map.prototype.get; return new Response('x'); } }")) {
            instance(worker, "/");
            assertThat(worker.clean(SEED, true).remains())
                .anyMatch(line -> line.contains("stuck"))
                .anyMatch(line -> line.contains("(closed)"))
                .anyMatch(line -> line.contains("(order)"));
          }
          return null;
        });
  }

  @Test
  void aWorkerThatTouchesNothingLeavesNothing() throws Exception {
    onThread(
        () -> {
          try (SteppedWorker worker =
              open(
                  "export default { async fetch() { const key = await crypto.subtle.digest('SHA-256', new Uint8Array(3));"
                      + " const s = new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode('a')); c.close(); } });"
                      + " new URL('http://a.test/?x=1').searchParams; structuredClone(new Map());"
                      + " return new Response(s); } }")) {
            instance(worker, "/");
            SteppedWorker.Cleanliness found = worker.clean(SEED, true);
            assertThat(found.remains()).isEmpty();
            assertThat(found.surprises()).isEmpty();
          }
          return null;
        });
  }

  @Test
  void chanceFollowsTheSeed() throws Exception {
    onThread(
        () -> {
          try (SteppedWorker worker =
              open(
                  "const start = Math.random(); export default { fetch() { return new Response([start, Math.random(),"
                      + " crypto.randomUUID(), crypto.getRandomValues(new Uint8Array(4))].join()); } }")) {
            List<String> first = instance(worker, "/a", "/b");
            worker.clean(SEED, false);
            assertThat(instance(worker, "/a", "/b")).isEqualTo(first);
            assertThat(first.get(0)).isNotEqualTo(first.get(1));
            worker.clean(SEED + 1, false);
            assertThat(instance(worker, "/a")).isNotEqualTo(first.subList(0, 1));
          }
          return null;
        });
  }

  @Test
  void handlesDoNotGrowInNumber() throws Exception {
    onThread(
        () -> {
          try (SteppedWorker worker =
              open("export default { async fetch() { return new Response('x'); } }")) {
            instance(worker, "/");
            worker.clean(SEED, false);
            instance(worker, "/");
            int before = worker.handles();
            for (int i = 0; i < 500; i++) {
              worker.clean(SEED, i % 50 == 0);
              instance(worker, "/a", "/b");
            }
            assertThat(worker.handles()).isLessThan(before + 50);
          }
          return null;
        });
  }
}
