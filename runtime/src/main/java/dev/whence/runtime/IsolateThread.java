package dev.whence.runtime;

import dev.whence.engine.JsException;
import dev.whence.engine.V8Isolate;
import dev.whence.loop.EventLoop;
import dev.whence.loop.RequestContext;
import dev.whence.loop.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One isolate of a worker on its thread: started, fed with events, drained and stopped.
 *
 * <p>Invariant: each event that was taken in ends with exactly one outcome and one trace item, also
 * when the isolate is stopped.
 *
 * <p>Thread: any, except where a method says otherwise.
 */
final class IsolateThread {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** {@link #inFlight} of an isolate that takes in nothing any more. */
  private static final int CLOSED = Integer.MIN_VALUE;

  /** V8 measures its own stack limit; this only has to be larger than that. */
  private static final long STACK_BYTES = 16L << 20;

  /** How often, a millisecond apart, a broken isolate looks for what is still on its way to it. */
  private static final int CRASH_PASSES = 1_000;

  private final int number = COUNT.incrementAndGet();
  private final WorkerSource source;
  private final WorkerOptions options;
  private final Transport transport;
  private final TraceListener traces;
  private final StartupLog startupLog;
  private final Runnable onCondemned;
  private final Observers observers;
  private final TimelineRecorder recorder;
  private final CompletableFuture<IsolateThread> started = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
  private final AtomicInteger inFlight = new AtomicInteger();

  private volatile boolean draining;
  private volatile boolean retiring;
  private volatile boolean condemned;
  private volatile Set<String> modules = Set.of();
  private volatile boolean handlesScheduled;

  // Set on the isolate's thread before `started` completes.
  private volatile @Nullable EventLoop loop;
  private volatile @Nullable Events events;
  private volatile @Nullable V8Isolate isolate;
  private volatile @Nullable Causes causes;

  /**
   * Makes an isolate; {@link #start} brings it up.
   *
   * @param onCondemned called on the isolate's thread when it must be replaced
   */
  IsolateThread(
      WorkerSource source,
      WorkerOptions options,
      Transport transport,
      TraceListener traces,
      StartupLog startupLog,
      Observers observers,
      Runnable onCondemned) {
    this.source = source;
    this.options = options;
    this.transport = transport;
    this.observers = observers;
    this.recorder = new TimelineRecorder(observers);
    this.traces = recorder.beside(traces);
    this.startupLog = startupLog;
    this.onCondemned = onCondemned;
  }

  /** Starts the thread; completes when the worker is ready, or with a {@link StartFailure}. */
  CompletableFuture<IsolateThread> start() {
    Thread thread = new Thread(null, this::run, "whence-isolate-" + number, STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return started;
  }

  private void run() {
    try (V8Isolate isolate = new V8Isolate()) {
      try (CpuWatchdog.Watch watch =
          CpuWatchdog.get().register(isolate::terminate, isolate::cancelTermination)) {
        bringUp(isolate, watch);
        started.complete(this);
        ourLoop().run();
      }
    } catch (StartFailure e) {
      started.completeExceptionally(e);
    } catch (JsException | RuntimeException | Error e) {
      started.completeExceptionally(e);
      if (started.isDone() && !started.isCompletedExceptionally()) {
        crashed(e);
      }
    } finally {
      Events open = events;
      if (open != null) {
        open.isolateGone();
        open.endAll(Outcome.CANCELED);
      }
      drained.complete(null);
      stopped.complete(null);
    }
  }

  /** Has the isolate replaced, once. */
  private void condemn() {
    if (!condemned) {
      condemned = true;
      onCondemned.run();
    }
  }

  /** A bug of the runtime: the isolate is replaced, and all that was given to it is answered. */
  private void crashed(Throwable failure) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    ourEvents().isolateGone();
    condemn();
    for (int pass = 0; inFlight.get() > 0 && pass < CRASH_PASSES; pass++) {
      ourLoop().admitRest();
      ourEvents().endAll(Outcome.INTERNAL_ERROR);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void bringUp(V8Isolate isolate, CpuWatchdog.Watch watch)
      throws JsException, StartFailure {
    Compatibility compatibility = new Compatibility(options);
    Bootstrap bootstrap = Bootstrap.start(isolate, source, compatibility);
    Assembly assembly =
        Assembly.of(
            bootstrap,
            watch,
            options,
            number,
            new Assembly.Surroundings(
                Scheduler.FIRST_COME,
                new SystemClock(),
                transport,
                traces,
                startupLog,
                NativeCompletions.AT_ONCE,
                false,
                this::eventEnded),
            new Enforcement());
    handlesScheduled =
        new Startup(bootstrap, watch, options, source, compatibility.bindingsJson()).run();
    modules = bootstrap.loader().modules();
    this.isolate = isolate;
    loop = assembly.loop();
    causes = assembly.causes();
    events = assembly.events();
    recordIfObserved(assembly.loop());
  }

  /**
   * Records timelines from now on if somebody observes the worker, and no longer if nobody does.
   */
  void observersChanged() {
    EventLoop running = ourLoop();
    running.submit(() -> recordIfObserved(running));
  }

  private void recordIfObserved(EventLoop running) {
    running.observe(observers.isEmpty() ? null : recorder);
  }

  /**
   * The requests in flight, or their number alone when the isolate does not come to it in time.
   *
   * @param limit at most so many are listed, the oldest ones
   */
  CompletableFuture<InFlight> inFlightNow(int limit, Duration within) {
    EventLoop running = ourLoop();
    CompletableFuture<InFlight> answer = new CompletableFuture<>();
    running.submit(() -> answer.complete(InFlightSnapshot.take(running, recorder, number, limit)));
    InFlight busy = new InFlight(inFlight(), List.of(), List.of(number));
    return answer.completeOnTimeout(busy, within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What happens to the request of a turn that was ended by force. */
  private final class Enforcement implements TurnEngine.Listener {
    @Override
    public void exceededCpu(RequestContext context) {
      ourEvents().limitExceeded(context, Outcome.EXCEEDED_CPU, Messages.CPU);
    }

    @Override
    public void exceededMemory(RequestContext context) {
      // Before the answer: who asks again on having it must find the new isolate.
      heapFull();
      ourEvents().limitExceeded(context, Outcome.EXCEEDED_MEMORY, Messages.MEMORY);
    }

    @Override
    public void heapFull() {
      condemn();
    }

    @Override
    public void broken(RequestContext context, JsException reason) {
      ourEvents()
          .limitExceeded(context, Outcome.INTERNAL_ERROR, "Internal error: " + reason.getMessage());
    }
  }

  private Events ourEvents() {
    return Objects.requireNonNull(events, "started");
  }

  private EventLoop ourLoop() {
    return Objects.requireNonNull(loop, "started");
  }

  /** Counts an event in; {@link #CLOSED} when this isolate has retired. */
  private int enter() {
    return inFlight.updateAndGet(count -> count == CLOSED ? CLOSED : count + 1);
  }

  /** Takes in an HTTP request; null when this isolate has retired. */
  @Nullable RequestHandle fetch(WorkerRequest request, ResponseSink front) {
    ResponseSink sink = new ContainedSink(front);
    int count = enter();
    if (count == CLOSED) {
      return null;
    }
    if (count > options.limits().inFlight()) {
      refuse(request, sink);
      eventEnded();
      return () -> {};
    }
    Arrival arrival = new Arrival();
    ourLoop()
        .submit(
            () -> {
              RequestContext context = ourEvents().openFetch(request, sink);
              arrival.context = context;
              if (arrival.gone) {
                ourEvents().disconnected(context);
              }
            });
    return () ->
        ourLoop()
            .submit(
                () -> {
                  arrival.gone = true;
                  RequestContext context = arrival.context;
                  if (context != null) {
                    ourEvents().disconnected(context);
                  }
                });
  }

  /** Thread: the isolate's. */
  private static final class Arrival {
    @Nullable RequestContext context;
    boolean gone;
  }

  private void refuse(WorkerRequest request, ResponseSink sink) {
    String message = "Too many requests in flight (limit " + options.limits().inFlight() + ").";
    FailurePage.send(sink, 503, Outcome.LOAD_SHED, message, List.of("retry-after", "1"));
    ourLoop()
        .submit(
            () -> {
              EventRecord record = EventRecord.fetch(request, sink, ourLoop().millis());
              record.decide(Outcome.LOAD_SHED);
              record.addException("Error", message, null, ourLoop().millis());
              traces.ended(
                  record.toTraceItem(options.name(), "refused", number, ourLoop().millis()));
            });
  }

  /** Takes in a cron trigger; null when this isolate has retired. */
  @Nullable CompletableFuture<Outcome> scheduled(String cron, long timeMillis) {
    CompletableFuture<Outcome> done = new CompletableFuture<>();
    if (enter() == CLOSED) {
      return null;
    }
    ourLoop().submit(() -> ourEvents().openScheduled(cron, timeMillis, done));
    return done;
  }

  /** All pending promises as JSON; takes up to seconds of the isolate's time. */
  CompletableFuture<String> promises() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<?> unused =
        stopped.thenRun(
            () -> answer.completeExceptionally(new IllegalStateException("the isolate is gone")));
    ourLoop()
        .submit(() -> answer.complete(Objects.requireNonNull(causes, "started").pendingPromises()));
    return answer;
  }

  private void eventEnded() {
    if (inFlight.decrementAndGet() == 0) {
      completeDrained();
    }
  }

  private void completeDrained() {
    if (retiring ? inFlight.compareAndSet(0, CLOSED) : draining && inFlight.get() == 0) {
      drained.complete(null);
    }
  }

  boolean handlesScheduled() {
    return handlesScheduled;
  }

  int inFlight() {
    return Math.max(0, inFlight.get());
  }

  Set<String> modules() {
    return modules;
  }

  /**
   * Collects garbage, and tells how many bytes of V8's heap are in use then. Stops the loop for it.
   */
  CompletableFuture<Long> liveHeapBytes() {
    CompletableFuture<Long> bytes = new CompletableFuture<>();
    ourLoop()
        .submit(
            () -> {
              V8Isolate ours = Objects.requireNonNull(isolate, "started");
              ours.collectGarbage();
              bytes.complete(ours.usedHeapBytes());
            });
    return bytes;
  }

  /** Completes when everything taken in has ended. */
  CompletableFuture<@Nullable Void> drained() {
    draining = true;
    completeDrained();
    return drained;
  }

  /**
   * Retires this isolate when everything taken in has ended, and calls back then. It takes in
   * nothing from that moment on: who comes too late is told, and nobody is lost between.
   */
  void whenRetired(Runnable action) {
    CompletableFuture<?> unused = drained.thenRun(action);
    retiring = true;
    completeDrained();
  }

  /** Ends what is left and stops the thread; completes when the isolate is gone. */
  CompletableFuture<@Nullable Void> stop() {
    EventLoop running = loop;
    if (running != null) {
      running.submit(() -> ourEvents().endAll(Outcome.CANCELED));
      running.stop();
    }
    return stopped;
  }
}
