package dev.whence.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGINT (Ctrl-C), SIGTERM and SIGHUP of this process.
 *
 * <p>A shutdown hook alone would not do: while hooks run, the JVM ignores further signals, so a
 * second Ctrl-C could not end a slow drain. Signals are handled through {@code sun.misc.Signal},
 * which the JDK documents as its supported way, but only by reflection: compilers warn of it beyond
 * recall. On a Java without it, a shutdown hook still drains.
 *
 * <p>Thread: any.
 */
final class ProcessSignals implements StopSignal {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  /** What a shell reports for a program that SIGINT ended. */
  private static final int ENDED_BY_INTERRUPT = 130;

  private final AtomicBoolean asked = new AtomicBoolean();

  @Override
  public void onStop(Runnable action) {
    try {
      for (String signal : SIGNALS) {
        handle(signal, action);
      }
    } catch (ReflectiveOperationException e) {
      drainInHook(action);
    }
  }

  private void handle(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object handler =
        Proxy.newProxyInstance(
            ProcessSignals.class.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass().equals(Object.class)) {
                return method.invoke(this, arguments);
              }
              received(action);
              return null;
            });
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    try {
      signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    } catch (InvocationTargetException e) {
      // This system has no such signal, or the JVM was told to leave it alone (-Xrs).
    }
  }

  private void received(Runnable action) {
    if (!asked.compareAndSet(false, true)) {
      Runtime.getRuntime().halt(ENDED_BY_INTERRUPT);
    }
    action.run();
  }

  /** The command ends the process when it has drained; until then, the hook holds the JVM. */
  private static void drainInHook(Runnable action) {
    Thread hook =
        new Thread(
            () -> {
              action.run();
              awaitForever();
            },
            "whence-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void awaitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
