package dev.whence.runtime;

import dev.whence.engine.JsException;
import dev.whence.engine.JsFunction;
import dev.whence.engine.V8Isolate;
import dev.whence.loop.Engine;
import dev.whence.loop.EventLoop;
import dev.whence.loop.RequestContext;
import dev.whence.loop.Turn;
import dev.whence.webapi.bridge.CommandHandler;
import dev.whence.webapi.bridge.Commands;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs turns in an isolate: one crossing into JavaScript for each, and its commands carried out.
 *
 * <p>Thread: the isolate's.
 */
final class TurnEngine implements Engine {
  /** What happens when a turn did not run to its end. */
  interface Listener {
    /** The turn's request used more processor time than it may. */
    void exceededCpu(RequestContext context);

    /** The heap limit was reached while this request's turn ran. */
    void exceededMemory(RequestContext context);

    /** The heap limit was reached, but the turn finished before it could be ended. */
    void heapFull();

    /** A bug of the runtime: the turn could not be run. */
    void broken(RequestContext context, JsException reason);
  }

  private final V8Isolate isolate;
  private final JsFunction dispatch;
  private final ByteBuffer incoming;
  private final ByteBuffer control;
  private final Commands commands;
  private final CpuWatchdog.Watch watch;
  private final long cpuLimitNanos;
  private final Listener listener;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Set<Long> nativeWork = new HashSet<>();
  private @Nullable EventLoop loop;
  private @Nullable Causes causes;
  private boolean midTurn;

  TurnEngine(Bootstrap bootstrap, CpuWatchdog.Watch watch, Duration cpuLimit, Listener listener) {
    this.isolate = bootstrap.isolate();
    this.dispatch = bootstrap.dispatch();
    this.incoming = bootstrap.incoming();
    this.control = bootstrap.control().order(ByteOrder.nativeOrder());
    this.commands = bootstrap.commands();
    this.watch = watch;
    this.cpuLimitNanos = cpuLimit.toNanos();
    this.listener = listener;
  }

  /** Connects with the loop that runs this engine, and with who carries out commands. */
  void connect(EventLoop connected, Causes explaining, CommandHandler handler) {
    loop = connected;
    causes = explaining;
    commands.connect(handler);
  }

  @Override
  public void run(Turn turn) {
    RequestContext owner = turn.owner();
    EventRecord record = EventRecord.of(owner);
    byte[] bytes = turn.bytes();
    if (bytes != null) {
      incoming.position(0);
      incoming.put(bytes);
    }
    control.putDouble(0, (double) loop().millisFor(turn));
    control.putDouble(Double.BYTES, recordsSites() ? 1 : 0);
    long before = threads.getCurrentThreadCpuTime();
    watch.enter(cpuLimitNanos - record.cpuNanos);
    boolean exceeded;
    @Nullable JsException failure = null;
    @Nullable String text = null;
    try {
      midTurn = true;
      text = dispatch.call(turn.message());
    } catch (JsException e) {
      failure = e;
    } finally {
      midTurn = false;
      exceeded = watch.leave();
    }
    record.cpuNanos += threads.getCurrentThreadCpuTime() - before;
    if (failure == null) {
      boolean heapFull = isolate.takeHeapExhausted();
      if (exceeded || heapFull) {
        // It was about to be ended, but finished first.
        watch.forgive();
      }
      apply(text);
      if (heapFull) {
        listener.heapFull();
      }
    } else {
      recover(owner, failure, exceeded);
    }
  }

  private void recover(RequestContext owner, JsException failure, boolean exceeded) {
    watch.forgive();
    boolean heapExhausted = isolate.takeHeapExhausted();
    dispatchQuietly("Z\0" + owner.id().number());
    if (heapExhausted) {
      listener.exceededMemory(owner);
    } else if (exceeded) {
      listener.exceededCpu(owner);
    } else {
      listener.broken(owner, failure);
    }
  }

  /**
   * Tells JavaScript that a request was ended by the host.
   *
   * @param clientLeft the reason is that nobody waits for the answer any more
   */
  void ended(RequestContext context, boolean clientLeft) {
    String message = "A\0" + context.id().number() + '\0';
    if (clientLeft && dispatchWatched(context, message + "client")) {
      return;
    }
    dispatchQuietly(message);
  }

  /**
   * Runs a turn of a request that is ending: its answer's `cancel` is the worker's code.
   *
   * @return whether it came to its end
   */
  private boolean dispatchWatched(RequestContext context, String message) {
    @Nullable String text = null;
    boolean complete = false;
    watch.enter(cpuLimitNanos - EventRecord.of(context).cpuNanos);
    try {
      midTurn = true;
      text = dispatch.call(message);
      complete = true;
    } catch (JsException e) {
      // Ended by force; it could not have told anybody more.
    } finally {
      midTurn = false;
      boolean heapFull = isolate.takeHeapExhausted();
      if (watch.leave() || !complete || heapFull) {
        watch.forgive();
      }
      if (heapFull) {
        listener.heapFull();
      }
    }
    if (complete) {
      apply(text);
    } else {
      dispatchQuietly("Z\0" + context.id().number());
    }
    return complete;
  }

  /** True while JavaScript is on the stack and hands over commands in the middle of a turn. */
  boolean isMidTurn() {
    return midTurn;
  }

  private boolean recordsSites() {
    Causes explaining = causes;
    return explaining != null && explaining.recordsSites();
  }

  /** Asks a function of the runtime that runs no code of the worker; null when it fails. */
  @Nullable String ask(JsFunction function, String question) {
    try {
      String answer = function.call(question);
      return answer == null ? "" : answer;
    } catch (JsException e) {
      // The heap is full, or a termination came late.
      watch.forgive();
      System.getLogger(TurnEngine.class.getName())
          .log(
              System.Logger.Level.WARNING, "no answer to '" + question.replace('\0', ' ') + "'", e);
      return null;
    }
  }

  private void dispatchQuietly(String message) {
    try {
      apply(dispatch.call(message));
    } catch (JsException e) {
      // A second termination that came between; the state it would have tidied belongs to a
      // request that has ended.
      watch.forgive();
    }
  }

  private void apply(@Nullable String text) {
    if (text != null) {
      commands.read(text);
    }
  }

  private EventLoop loop() {
    EventLoop connected = loop;
    if (connected == null) {
      throw new IllegalStateException("the engine is not connected");
    }
    return connected;
  }

  void nativeStarted(long token) {
    nativeWork.add(token);
  }

  void nativeFinished(long token) {
    nativeWork.remove(token);
  }

  @Override
  public boolean hasNativeWork() {
    return !nativeWork.isEmpty();
  }

  @Override
  public void pollNativeWork() {
    isolate.poll();
    dispatchQuietly("N\0000");
  }
}
