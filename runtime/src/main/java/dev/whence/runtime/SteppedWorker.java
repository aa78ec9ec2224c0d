package dev.whence.runtime;

import dev.whence.engine.JsException;
import dev.whence.engine.JsFunction;
import dev.whence.engine.NativeLibrary;
import dev.whence.engine.V8Isolate;
import dev.whence.explain.Work;
import dev.whence.loop.Clock;
import dev.whence.loop.EventLoop;
import dev.whence.loop.RequestContext;
import dev.whence.loop.Scheduler;
import dev.whence.loop.Turn;
import dev.whence.webapi.BuiltInModules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A worker whose loop is driven from outside, step by step: for explorers of schedules. One isolate
 * runs one {@link Instance} of the worker after another, each as if the isolate were new.
 *
 * <p>The parts are those of any isolate ({@link Assembly}); only the clock, the transport and the
 * delivery of native results are the caller's, and chance is seeded.
 *
 * <p>Thread: the one that made it, which must come from {@link #onIsolateThread}.
 */
public final class SteppedWorker implements AutoCloseable {
  /** V8 measures its own stack limit; this only has to be larger than that. */
  private static final long STACK_BYTES = 16L << 20;

  private static final long POLL_NANOS = 20_000;

  private final WorkerSource source;
  private final WorkerOptions options;
  private final Compatibility compatibility;
  private final V8Isolate isolate;
  private final CpuWatchdog.Watch watch;
  private final Bootstrap bootstrap;
  private final JsFunction renew;
  private final JsFunction giveChance;
  private boolean used;
  private boolean codeKept;
  private boolean ranForGood;

  private SteppedWorker(WorkerSource source, WorkerOptions options, V8Isolate isolate)
      throws JsException {
    this.source = remembering(source);
    this.options = options;
    this.compatibility = new Compatibility(options);
    this.isolate = isolate;
    this.watch = CpuWatchdog.get().register(isolate::terminate, isolate::cancelTermination);
    this.bootstrap = Bootstrap.start(isolate, this.source, compatibility, true);
    this.renew = isolate.function(bootstrap.main(), "renew");
    this.giveChance = isolate.function(bootstrap.main(), "giveChance");
    isolate.keepCode();
    bootstrap.loader().keepPrepared();
    isolate.function(bootstrap.main(), "rememberWorld").callObject();
  }

  /** Starts an isolate for a worker, without the worker. */
  public static SteppedWorker open(WorkerSource source, WorkerOptions options) {
    NativeLibrary.setHeapLimit(options.limits().memoryMb());
    try {
      return new SteppedWorker(source, options, new V8Isolate());
    } catch (JsException e) {
      throw new IllegalStateException("the isolate could not be started", e);
    }
  }

  /** The same files, each read once: they do not change from one instance to the next. */
  private static WorkerSource remembering(WorkerSource source) {
    Map<String, Optional<byte[]>> read = new LinkedHashMap<>();
    return new WorkerSource(
        source.entry(),
        name -> {
          Optional<byte[]> known = read.get(name);
          if (known == null) {
            known = Optional.ofNullable(source.modules().read(name));
            read.put(name, known);
          }
          return known.orElse(null);
        });
  }

  /** Runs an action on a new thread that isolates can live on, and waits for its result. */
  public static <T> T onIsolateThread(Callable<T> action) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.complete(action.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            "whence-explorer",
            STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception exception) {
        throw exception;
      }
      throw e;
    }
  }

  /**
   * What the last instance left behind that could not be put back, a line each; empty when the next
   * one starts in a realm like new.
   *
   * @param remains a line each
   * @param surprises what had changed and was put back, of the objects not looked at each time
   */
  public record Cleanliness(List<String> remains, List<String> surprises) {
    public Cleanliness {
      remains = List.copyOf(remains);
      surprises = List.copyOf(surprises);
    }

    public boolean isClean() {
      return remains.isEmpty();
    }
  }

  /**
   * Clears what the last instance left behind. To be called before each {@link #start} but the
   * first.
   *
   * @param thorough looks at every object that a worker can reach; else only at the global object
   *     and those that were found changed before
   */
  public Cleanliness clean(long seed, boolean thorough) {
    if (ranForGood) {
      return new Cleanliness(List.of("the top-level names of a classic script"), List.of());
    }
    try {
      isolate.forgetModules(name -> !BuiltInModules.isBuiltIn(name));
      String found = renew.call(seed + "\0" + (thorough ? '1' : '0'));
      String text = found == null ? "-the realm could not be looked at" : found;
      return new Cleanliness(lines(text, "-"), lines(text, "+"));
    } catch (JsException e) {
      return new Cleanliness(List.of(String.valueOf(e.getMessage())), List.of());
    }
  }

  private static List<String> lines(String text, String mark) {
    return text.lines()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(1))
        .toList();
  }

  /**
   * Runs the worker's top-level code.
   *
   * @param clock stands still during each pass
   * @throws WorkerStartException if the script does not compile, link or run
   */
  public Instance start(
      Clock clock,
      Transport transport,
      TraceListener traces,
      StartupLog startupLog,
      long seed,
      Detail detail)
      throws WorkerStartException {
    try {
      // The last look at a finding is taken with the script as it is; nothing runs after it here.
      boolean isFirst = !used;
      boolean forGood =
          isFirst
              && detail == Detail.FULL
              && bootstrap.loader().format() == ScriptLoader.Format.SERVICE_WORKER;
      bootstrap.loader().runAsFunction(!forGood);
      ranForGood = forGood;
      if (isFirst) {
        used = true;
        renew.call(seed + "\0" + '0');
      }
      Instance instance = new Instance(clock, transport, traces, startupLog, detail);
      new Startup(bootstrap, watch, options, source, compatibility.bindingsJson()).run();
      return instance;
    } catch (StartFailure e) {
      throw e.toException();
    } catch (JsException e) {
      throw new IllegalStateException("the worker could not be started", e);
    }
  }

  /** How many handles into the isolate are held. */
  public int handles() {
    return isolate.handles();
  }

  /** How much is found out to explain hangs with. */
  public enum Detail {
    /** Who made a promise. */
    NONE,
    /** And where. */
    PLACES,
    /** And what takes long to find: where it is kept. */
    FULL
  }

  /** Native work that is done and waits to be delivered. */
  public record Completion(long request, long token, Runnable deliver) {}

  /** One instance of the worker, from its start-up to {@link #end}. Thread: its worker's. */
  public final class Instance {
    private final Assembly assembly;
    private final List<Completion> completions = new ArrayList<>();
    private boolean isSpoilt;

    private Instance(
        Clock clock,
        Transport transport,
        TraceListener traces,
        StartupLog startupLog,
        Detail detail) {
      this.assembly =
          Assembly.of(
              bootstrap,
              watch,
              options.with(detail == Detail.NONE ? Provenance.OWNERS : Provenance.SITES),
              1,
              new Assembly.Surroundings(
                  Scheduler.FIRST_COME,
                  clock,
                  transport,
                  traces,
                  startupLog,
                  (request, token, deliver) ->
                      completions.add(new Completion(request, token, deliver)),
                  detail != Detail.FULL,
                  () -> {}),
              new Enforcement());
    }

    /**
     * A request arrives: its turn is queued.
     *
     * @param seed of its chance
     * @return its number, counted from 1 in the order of arrival
     */
    public Arrived fetch(WorkerRequest request, ResponseSink sink, long seed) {
      RequestContext context = assembly.events().openFetch(request, sink);
      try {
        giveChance.call(context.id().number() + "\0" + seed);
      } catch (JsException e) {
        throw new IllegalStateException("chance could not be seeded", e);
      }
      return new Arrived(context.id().number(), () -> assembly.events().disconnected(context));
    }

    /** One pass of the loop: at most one turn. Waits for native work that it has started. */
    public void pass() {
      assembly.loop().pass();
      while (assembly.engine().hasNativeWork()) {
        assembly.engine().pollNativeWork();
        if (assembly.engine().hasNativeWork()) {
          LockSupport.parkNanos(this, POLL_NANOS);
        }
      }
    }

    /** Takes in what sources and sinks have reported, without running a turn. */
    public void admit() {
      assembly.loop().admit();
    }

    /** Whether there is nothing to do until time passes or something arrives. */
    public boolean isIdle() {
      return assembly.loop().isIdle();
    }

    /** Number of the request whose turn runs now, or 0. */
    public long currentRequest() {
      Turn turn = assembly.loop().currentTurn();
      return turn == null ? 0 : turn.owner().id().number();
    }

    /** Number of the request whose turn is next, or 0. */
    public long nextTurn() {
      Turn turn = assembly.loop().nextTurn();
      return turn == null ? 0 : turn.owner().id().number();
    }

    /** How many turns are ready. */
    public int readyTurns() {
      return assembly.loop().readyTurns();
    }

    /** What the next turn is about, or null. */
    public Turn.@Nullable Kind nextTurnKind() {
      Turn turn = assembly.loop().nextTurn();
      return turn == null ? null : turn.kind();
    }

    /** When time alone brings something about; {@link Long#MAX_VALUE} when it does not. */
    public long nextWakeMillis() {
      return assembly.loop().nextWakeMillis();
    }

    /** Whether a request has not ended. */
    public boolean isLive(long request) {
      return assembly.loop().find(request) != null;
    }

    /** What a live request waits for, oldest first, with places where sites are recorded. */
    public List<Work> waitsFor(long request) {
      RequestContext context = assembly.loop().find(request);
      return context == null ? List.of() : assembly.causes().whereabouts(context);
    }

    /** Finished native work of live requests, by the order in which it was started. */
    public List<Completion> completions() {
      completions.removeIf(done -> !isLive(done.request()));
      completions.sort(java.util.Comparator.comparingLong(Completion::token));
      return List.copyOf(completions);
    }

    /** Delivers one of the {@link #completions}. */
    public void deliver(Completion completion) {
      completions.remove(completion);
      completion.deliver().run();
    }

    /** Whether the isolate must not be used again: its heap is full or a bug has shown. */
    public boolean isSpoilt() {
      return isSpoilt;
    }

    /** Ends every request that is left. */
    public void end() {
      EventLoop loop = assembly.loop();
      assembly.events().endAll(Outcome.CANCELED);
      loop.admitRest();
      try {
        if (!codeKept) {
          codeKept = true;
          bootstrap.loader().keepCode();
        }
      } catch (JsException e) {
        isSpoilt = true;
      }
    }

    /** What happens to the request of a turn that was ended by force. */
    private final class Enforcement implements TurnEngine.Listener {
      @Override
      public void exceededCpu(RequestContext context) {
        assembly.events().limitExceeded(context, Outcome.EXCEEDED_CPU, Messages.CPU);
      }

      @Override
      public void exceededMemory(RequestContext context) {
        isSpoilt = true;
        assembly.events().limitExceeded(context, Outcome.EXCEEDED_MEMORY, Messages.MEMORY);
      }

      @Override
      public void heapFull() {
        isSpoilt = true;
      }

      @Override
      public void broken(RequestContext context, JsException reason) {
        isSpoilt = true;
        assembly
            .events()
            .limitExceeded(
                context, Outcome.INTERNAL_ERROR, "Internal error: " + reason.getMessage());
      }
    }
  }

  /**
   * A request that has arrived.
   *
   * @param number within the instance
   * @param client its client's end
   */
  public record Arrived(long number, RequestHandle client) {}

  @Override
  public void close() {
    watch.close();
    isolate.close();
  }
}
