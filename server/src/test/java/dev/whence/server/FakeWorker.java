package dev.whence.server;

import dev.whence.runtime.BodySource;
import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.WorkerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker whose handler is Java code, run on a thread of its own as an isolate would be. */
final class FakeWorker implements LoadedWorker, AutoCloseable {

  /** Answers a request, now or later. */
  interface Handler {
    void handle(WorkerRequest request, ResponseSink sink) throws Exception;
  }

  final BlockingQueue<WorkerRequest> requests = new LinkedBlockingQueue<>();
  final BlockingQueue<WorkerRequest> left = new LinkedBlockingQueue<>();
  final CompletableFuture<Void> drained = new CompletableFuture<>();
  final CompletableFuture<Void> closed = new CompletableFuture<>();
  final AtomicInteger inFlight = new AtomicInteger();
  private final ExecutorService isolate = Executors.newSingleThreadExecutor();
  private final String name;
  private final Handler handler;

  FakeWorker(String name, Handler handler) {
    this.name = name;
    this.handler = handler;
  }

  static FakeWorker of(Handler handler) {
    return new FakeWorker("fake", handler);
  }

  /** Answers everything with 200 and this text. */
  static FakeWorker saying(String text) {
    return of((request, sink) -> sink.whole(head(200, "content-type", "text/plain"), bytes(text)));
  }

  static ResponseSink.Head head(int status, String... headers) {
    return new ResponseSink.Head(status, "", List.of(headers));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Pulls one chunk; the future's value is null at the end and fails when the body broke off. */
  static CompletableFuture<byte[]> pull(BodySource body) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    body.pull(
        new BodySource.Receiver() {
          @Override
          public void chunk(byte[] bytes) {
            answer.complete(bytes);
          }

          @Override
          public void end() {
            answer.complete(null);
          }

          @Override
          public void failed(String message) {
            answer.completeExceptionally(new IllegalStateException(message));
          }
        });
    return answer;
  }

  /** Pulls to the end; blocks. */
  static long drain(BodySource body) throws Exception {
    long length = 0;
    byte[] chunk;
    while ((chunk = pull(body).get(10, TimeUnit.SECONDS)) != null) {
      length += chunk.length;
    }
    return length;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Runnable fetch(WorkerRequest request, ResponseSink sink) {
    inFlight.incrementAndGet();
    requests.add(request);
    isolate.execute(
        () -> {
          try {
            handler.handle(request, sink);
          } catch (Exception e) {
            throw new AssertionError(e);
          } finally {
            inFlight.decrementAndGet();
          }
        });
    return () -> left.add(request);
  }

  @Override
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public CompletableFuture<Void> drained() {
    return drained;
  }

  @Override
  public void close() {
    isolate.shutdownNow();
    closed.complete(null);
  }
}
