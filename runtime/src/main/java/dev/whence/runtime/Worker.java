package dev.whence.runtime;

import dev.whence.engine.NativeLibrary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A worker in service: a script in an isolate, which is replaced when it has reached its memory
 * limit. The embeddable entry point of Whence.
 *
 * <p>Thread: any.
 */
public final class Worker implements AutoCloseable {
  private static final Duration SNAPSHOT_TIME = Duration.ofSeconds(1);

  private final WorkerSource source;
  private final WorkerOptions options;
  private final Transport transport;
  private final TraceListener traces;
  private final StartupLog startupLog;
  private final Observers observers = new Observers();
  private final Object lock = new Object();
  private final Set<IsolateThread> retiring = java.util.concurrent.ConcurrentHashMap.newKeySet();

  /** The isolate for new events; while one is replaced, completes when the new one is ready. */
  private CompletableFuture<IsolateThread> current;

  private boolean closed;

  private Worker(
      WorkerSource source,
      WorkerOptions options,
      Transport transport,
      TraceListener traces,
      StartupLog startupLog) {
    this.source = source;
    this.options = options;
    this.transport = transport;
    this.traces = traces;
    this.startupLog = startupLog;
    this.current = startIsolate();
  }

  /**
   * Starts an isolate and runs the worker's top-level code; blocks the caller until it is ready.
   *
   * @param transport performs the worker's subrequests
   * @param traces hears of every event that ended
   * @throws WorkerStartException if the script does not compile, link or run
   */
  public static Worker load(
      WorkerSource source, WorkerOptions options, Transport transport, TraceListener traces)
      throws WorkerStartException {
    return load(source, options, transport, traces, line -> {});
  }

  /**
   * As above, and hears what the worker logs at start-up.
   *
   * @throws WorkerStartException if the script does not compile, link or run
   */
  public static Worker load(
      WorkerSource source,
      WorkerOptions options,
      Transport transport,
      TraceListener traces,
      StartupLog startupLog)
      throws WorkerStartException {
    NativeLibrary.setHeapLimit(options.limits().memoryMb());
    Worker worker = new Worker(source, options, transport, traces, startupLog);
    try {
      worker.current().get();
      return worker;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StartFailure failure) {
        throw failure.toException();
      }
      throw new IllegalStateException("the isolate could not be started", e.getCause());
    } catch (InterruptedException e) {
      worker.close();
      Thread.currentThread().interrupt();
      throw new WorkerStartException("interrupted while starting", null);
    }
  }

  private CompletableFuture<IsolateThread> startIsolate() {
    IsolateThread[] self = new IsolateThread[1];
    IsolateThread isolate =
        new IsolateThread(
            source, options, transport, traces, startupLog, observers, () -> replace(self[0]));
    self[0] = isolate;
    return isolate.start();
  }

  /** The isolate reached its memory limit: what it has in flight ends there, new events do not. */
  private void replace(IsolateThread condemned) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      retiring.add(condemned);
      current = startIsolate();
    }
    condemned.whenRetired(
        () -> {
          CompletableFuture<?> unused = condemned.stop();
          retiring.remove(condemned);
        });
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  private CompletableFuture<IsolateThread> current() {
    synchronized (lock) {
      return current;
    }
  }

  /**
   * Gives the worker a request.
   *
   * @param sink gets exactly one answer, unless the client leaves before
   */
  public RequestHandle fetch(WorkerRequest request, ResponseSink sink) {
    if (isClosed()) {
      FailurePage.send(sink, 503, Outcome.INTERNAL_ERROR, "The worker has been closed.");
      return () -> {};
    }
    CompletableFuture<IsolateThread> isolate = current();
    if (isReady(isolate)) {
      RequestHandle taken = isolate.join().fetch(request, sink);
      // It may have retired since it was asked for; then another is current already.
      return taken == null ? fetch(request, sink) : taken;
    }
    PendingFetch pending = new PendingFetch(request, sink);
    CompletableFuture<?> unused = isolate.whenComplete(pending::begin);
    return pending;
  }

  /** A request that came while the isolate is replaced. Thread: any; guarded by this. */
  private final class PendingFetch implements RequestHandle {
    private final WorkerRequest request;
    private final ResponseSink sink;
    private @Nullable RequestHandle begun;
    private boolean gone;

    PendingFetch(WorkerRequest request, ResponseSink sink) {
      this.request = request;
      this.sink = sink;
    }

    synchronized void begin(@Nullable IsolateThread isolate, @Nullable Throwable failure) {
      if (isolate == null) {
        FailurePage.send(
            sink, 503, Outcome.INTERNAL_ERROR, "The worker could not be restarted: " + failure);
        return;
      }
      RequestHandle taken = isolate.fetch(request, sink);
      begun = taken == null ? fetch(request, sink) : taken;
      if (gone) {
        begun.disconnected();
      }
    }

    @Override
    public synchronized void disconnected() {
      gone = true;
      if (begun != null) {
        begun.disconnected();
      }
    }
  }

  /** Gives the worker a cron trigger; completes with its outcome. */
  public CompletableFuture<Outcome> scheduled(String cron, Instant time) {
    return current()
        .thenCompose(
            isolate -> {
              CompletableFuture<Outcome> taken = isolate.scheduled(cron, time.toEpochMilli());
              return taken == null ? scheduled(cron, time) : taken;
            });
  }

  /** Events that were taken in and have not ended. */
  public int inFlight() {
    int count = retiring.stream().mapToInt(IsolateThread::inFlight).sum();
    CompletableFuture<IsolateThread> isolate = current();
    return isReady(isolate) ? count + isolate.join().inFlight() : count;
  }

  /**
   * The requests in flight now, oldest first; completes within about a second.
   *
   * @param limit of each isolate at most so many are listed, the oldest ones
   */
  public CompletableFuture<InFlight> inFlightNow(int limit) {
    CompletableFuture<InFlight> all = CompletableFuture.completedFuture(InFlight.none());
    for (IsolateThread isolate : running()) {
      all = all.thenCombine(isolate.inFlightNow(limit, SNAPSHOT_TIME), InFlight::and);
    }
    return all;
  }

  /**
   * From now on the observer hears of each request that ends. Timelines are recorded while there is
   * an observer.
   *
   * @return ends that; idempotent
   */
  public Runnable observe(RequestObserver observer) {
    observers.add(observer);
    observersChanged();
    return () -> {
      observers.remove(observer);
      observersChanged();
    };
  }

  private void observersChanged() {
    retiring.forEach(IsolateThread::observersChanged);
    // One that is starting looks for itself, or has just done so.
    CompletableFuture<?> unused = current().thenAccept(IsolateThread::observersChanged);
  }

  private List<IsolateThread> running() {
    List<IsolateThread> isolates = new ArrayList<>(retiring);
    CompletableFuture<IsolateThread> isolate = current();
    if (isReady(isolate)) {
      isolates.add(isolate.join());
    }
    return isolates;
  }

  /**
   * Every pending promise by its request and the place where it was made, as JSON: {@code
   * {"promises":[{"request","line","ended","count","created":{"file","line","column","function"}}],
   * "provenance"}}. It collects garbage and walks the heap, up to seconds in which no request is
   * served: a tool for when something is wrong.
   */
  public CompletableFuture<String> promises() {
    return current().thenCompose(IsolateThread::promises);
  }

  private static boolean isReady(CompletableFuture<IsolateThread> isolate) {
    return isolate.isDone() && !isolate.isCompletedExceptionally();
  }

  /**
   * Completes when every event has ended, background work included. Give it no new events
   * meanwhile.
   */
  public CompletableFuture<@Nullable Void> drained() {
    return current().thenCompose(IsolateThread::drained);
  }

  /**
   * How many bytes of V8's heap are in use when all garbage is collected. Nothing is served
   * meanwhile: for those who look for a leak.
   */
  public CompletableFuture<Long> liveHeapBytes() {
    return current().thenCompose(IsolateThread::liveHeapBytes);
  }

  /** Names of the files it was loaded from, relative to the source's root. */
  public Set<String> modules() {
    return current().join().modules();
  }

  /** Whether the worker has a handler for cron triggers. */
  public boolean hasScheduled() {
    return current().join().handlesScheduled();
  }

  /** Ends what is left ({@code canceled}) and stops the isolate. */
  @Override
  public void close() {
    CompletableFuture<IsolateThread> isolate;
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      isolate = current;
    }
    for (IsolateThread leaving : retiring) {
      CompletableFuture<?> unused = leaving.stop();
    }
    try {
      isolate.join().stop().join();
    } catch (CompletionException e) {
      // It never started, so there is nothing to stop.
      return;
    }
  }
}
