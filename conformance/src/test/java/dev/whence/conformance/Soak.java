package dev.whence.conformance;

import dev.whence.runtime.BodySource;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.Transport;
import dev.whence.runtime.Worker;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerRequest;
import dev.whence.runtime.WorkerSource;
import dev.whence.runtime.WorkerStartException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A worker under many requests, a few at once, whose clients and upstream keep nothing.
 *
 * <p>Thread: a test's.
 */
final class Soak implements AutoCloseable {
  private static final int AT_ONCE = 40;
  private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.UTF_8);

  private final ExecutorService network = Executors.newSingleThreadExecutor();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Map<Outcome, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final Worker worker;

  /**
   * Bytes in use.
   *
   * @param isolate in V8's heap
   * @param jvm in Java's
   */
  record Heaps(long isolate, long jvm) {}

  private Soak(String script, WorkerOptions options) throws WorkerStartException {
    worker =
        Worker.load(
            WorkerSource.inMemory(
                "worker.js", Map.of("worker.js", script.getBytes(StandardCharsets.UTF_8))),
            options,
            this::answer,
            item -> {
              outcomes.computeIfAbsent(item.outcome(), unused -> new LongAdder()).increment();
              free.release();
            },
            line -> {});
  }

  static Soak of(String script, WorkerOptions options) {
    try {
      return new Soak(script, options);
    } catch (WorkerStartException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends that many requests, numbered, and waits until all have ended. */
  void send(String path, int count) {
    for (int i = 0; i < count; i++) {
      take(1);
      worker.fetch(
          new WorkerRequest(
              "GET", "http://worker.test" + path + i, List.of(), null, "127.0.0.1", "HTTP/1.1"),
          new Forgetful(network));
    }
    take(AT_ONCE);
    free.release(AT_ONCE);
  }

  private void take(int permits) {
    try {
      if (!free.tryAcquire(permits, 60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("requests do not end; in flight: " + worker.inFlight());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  long count(Outcome outcome) {
    LongAdder counted = outcomes.get(outcome);
    return counted == null ? 0 : counted.sum();
  }

  /** The heaps without garbage. */
  Heaps heaps() {
    long isolate = worker.liveHeapBytes().join();
    // Weak references and what hangs on them take another round.
    isolate = Math.min(isolate, worker.liveHeapBytes().join());
    long jvm = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      System.gc();
      jvm = Math.min(jvm, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return new Heaps(isolate, jvm);
  }

  /** Upstream: answers at once, except where it is told never to. */
  private Transport.Exchange answer(Transport.Request request, Transport.Listener listener) {
    if (!request.url().endsWith("/never")) {
      network.execute(() -> listener.head(200, "OK", List.of(), new Once()));
    }
    return new Transport.Exchange() {
      @Override
      public void write(byte[] chunk, Runnable whenWritable) {
        whenWritable.run();
      }

      @Override
      public void endBody() {}

      @Override
      public void cancel() {}
    };
  }

  /** A body of one chunk. */
  private static final class Once implements BodySource {
    private boolean sent;

    @Override
    public void pull(Receiver receiver) {
      if (sent) {
        receiver.end();
      } else {
        sent = true;
        receiver.chunk(ANSWER.clone());
      }
    }

    @Override
    public void cancel() {}
  }

  /** A client that forgets what it gets. */
  private record Forgetful(ExecutorService network) implements ResponseSink {
    @Override
    public void whole(Head head, byte[] body) {}

    @Override
    public void head(Head head, long contentLength) {}

    @Override
    public void write(byte[] chunk, Runnable whenWritable) {
      network.execute(whenWritable);
    }

    @Override
    public void end() {}

    @Override
    public void abort() {}
  }

  @Override
  public void close() {
    worker.close();
    network.shutdownNow();
  }
}
