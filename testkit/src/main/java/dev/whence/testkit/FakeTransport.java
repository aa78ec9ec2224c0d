package dev.whence.testkit;

import dev.whence.runtime.BodySource;
import dev.whence.runtime.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream in memory. The path of a URL says how it answers: {@code /delay/MS/...} after that
 * time, {@code /never} not at all, {@code /fail} with a failure, {@code /stream/N} in N chunks of a
 * millisecond's distance; all others echo method, path and body at once.
 *
 * <p>Thread: any.
 */
public final class FakeTransport implements Transport, AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "fake-upstream");
            thread.setDaemon(true);
            return thread;
          });
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger cancelled = new AtomicInteger();

  /** What was asked of it so far. */
  public List<Request> requests() {
    return requests;
  }

  /** Waits until it was asked that often. */
  public void awaitRequests(int atLeast) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    synchronized (requests) {
      while (requests.size() < atLeast) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new IllegalStateException("asked " + requests.size() + " times in 60 s");
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(requests, left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted", e);
        }
      }
    }
  }

  /** How many exchanges were cancelled. */
  public int cancelled() {
    return cancelled.get();
  }

  @Override
  public Exchange start(Request request, Listener listener) {
    synchronized (requests) {
      requests.add(request);
      requests.notifyAll();
    }
    String path = request.url().replaceFirst("^https?://[^/]*", "");
    String[] parts = path.split("/");
    String kind = parts.length > 1 ? parts[1] : "";
    Running running = new Running(request, listener, path);
    switch (kind) {
      case "never" -> {}
      case "fail" -> timer.execute(() -> listener.failed("connect to " + path + " failed"));
      case "delay" -> {
        running.delayMillis = Long.parseLong(parts[2]);
        if (!request.streamsBody()) {
          after(running.delayMillis, running::answer);
        }
      }
      default -> {
        if (!request.streamsBody()) {
          timer.execute(running::answer);
        }
      }
    }
    return running;
  }

  private void after(long millis, Runnable action) {
    Future<?> unused = timer.schedule(action, millis, TimeUnit.MILLISECONDS);
  }

  private final class Running implements Exchange {
    private final Request request;
    private final Listener listener;
    private final String path;
    private final StringBuilder uploaded = new StringBuilder();
    private volatile long delayMillis;
    private volatile boolean over;

    Running(Request request, Listener listener, String path) {
      this.request = request;
      this.listener = listener;
      this.path = path;
      uploaded.append(new String(request.body(), StandardCharsets.UTF_8));
    }

    void answer() {
      if (over) {
        return;
      }
      String text;
      synchronized (uploaded) {
        text = request.method() + " " + path + " " + uploaded;
      }
      int chunks = path.startsWith("/stream/") ? Integer.parseInt(path.split("/")[2]) : 1;
      listener.head(200, "OK", List.of("content-type", "text/plain"), source(text, chunks));
    }

    private BodySource source(String text, int chunks) {
      AtomicInteger left = new AtomicInteger(chunks);
      return new BodySource() {
        @Override
        public void pull(Receiver receiver) {
          after(
              chunks > 1 ? 1 : 0,
              () -> {
                if (left.getAndDecrement() > 0) {
                  receiver.chunk(text.getBytes(StandardCharsets.UTF_8));
                } else {
                  receiver.end();
                }
              });
        }

        @Override
        public void cancel() {
          left.set(0);
        }
      };
    }

    @Override
    public void write(byte[] chunk, Runnable whenWritable) {
      synchronized (uploaded) {
        uploaded.append(new String(chunk, StandardCharsets.UTF_8));
      }
      whenWritable.run();
    }

    @Override
    public void endBody() {
      after(delayMillis, this::answer);
    }

    @Override
    public void cancel() {
      if (!over) {
        over = true;
        cancelled.incrementAndGet();
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
