package dev.whence.runtime;

import dev.whence.engine.JsException;
import dev.whence.engine.JsFunction;
import dev.whence.engine.JsObject;
import dev.whence.engine.V8Isolate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs a worker's top-level code and takes it into service.
 *
 * <p>Thread: the isolate's.
 */
final class Startup {
  private static final Pattern FRAME = Pattern.compile("\\(?([^\\s()]+):(\\d+):(\\d+)\\)?\\s*$");
  private static final String NO_HANDLERS =
      "No event handlers were registered. This script does nothing.";

  private final Bootstrap bootstrap;
  private final CpuWatchdog.Watch watch;
  private final WorkerOptions options;
  private final WorkerSource source;
  private final String bindings;

  Startup(
      Bootstrap bootstrap,
      CpuWatchdog.Watch watch,
      WorkerOptions options,
      WorkerSource source,
      String bindings) {
    this.bootstrap = bootstrap;
    this.watch = watch;
    this.options = options;
    this.source = source;
    this.bindings = bindings;
  }

  /**
   * Runs it.
   *
   * @return whether the worker handles scheduled events
   */
  boolean run() throws StartFailure, JsException {
    V8Isolate isolate = bootstrap.isolate();
    JsObject namespace = null;
    call("setBindings", bindings);
    watch.enter(options.limits().startup().toNanos());
    try {
      ScriptLoader loader = bootstrap.loader();
      if (loader.format() == ScriptLoader.Format.MODULE) {
        namespace = isolate.evaluateModule(source.entry(), null);
      } else {
        call("defineBindings", "");
        loader.runScript();
      }
    } catch (JsException e) {
      throw failure(e, isolate.takeHeapExhausted());
    } finally {
      if (watch.leave()) {
        watch.forgive();
      }
    }
    String logs = call("takeStartupCommands", "");
    if (logs != null) {
      bootstrap.commands().read(logs);
    }
    boolean scheduled = takeIntoService(isolate, namespace);
    if (namespace != null) {
      isolate.release(namespace);
    }
    return scheduled;
  }

  private @Nullable String call(String name, String argument) throws JsException {
    JsFunction function = bootstrap.isolate().function(bootstrap.main(), name);
    String result = function.call(argument);
    bootstrap.isolate().release(function);
    return result;
  }

  private boolean takeIntoService(V8Isolate isolate, @Nullable JsObject namespace)
      throws JsException, StartFailure {
    JsFunction start = isolate.function(bootstrap.main(), "start");
    JsObject description = start.callObject(namespace);
    String handlers = description == null ? "" : isolate.text(description, "handlers");
    if (description != null) {
      isolate.release(description);
    }
    isolate.release(start);
    boolean fetch = handlers.contains("\"fetch\":true");
    boolean scheduled = handlers.contains("\"scheduled\":true");
    if (!fetch && !scheduled && namespace == null) {
      throw new StartFailure(NO_HANDLERS, null);
    }
    return scheduled;
  }

  private StartFailure failure(JsException e, boolean heapExhausted) throws JsException {
    if (heapExhausted) {
      return new StartFailure(
          "The worker's start-up needs more than " + options.limits().memoryMb() + " MB of memory.",
          null);
    }
    if (e.kind() == JsException.Kind.TERMINATED) {
      return new StartFailure(
          "The worker's start-up did not finish within "
              + options.limits().startup().toMillis()
              + " ms of processor time.",
          null);
    }
    String message = String.valueOf(e.getMessage());
    if (e.kind() == JsException.Kind.EXECUTION && !message.startsWith("Uncaught")) {
      message = "Uncaught " + message;
    }
    return new StartFailure(message, site(e), new GlobalScopeFailure(bootstrap).explain(e));
  }

  private WorkerStartException.@Nullable Site site(JsException e) {
    String stack = e.jsStack();
    if (e.kind() == JsException.Kind.EXECUTION && stack != null) {
      for (String line : stack.split("\n")) {
        Matcher frame = FRAME.matcher(line);
        if (frame.find()) {
          WorkerStartException.Site site =
              site(
                  frame.group(1),
                  Integer.parseInt(frame.group(2)),
                  Integer.parseInt(frame.group(3)));
          if (site != null) {
            return site;
          }
        }
      }
    }
    String file = e.file();
    return file == null || e.line() == 0 ? null : site(file, e.line(), Math.max(e.column(), 1));
  }

  private WorkerStartException.@Nullable Site site(String file, int line, int column) {
    String text = bootstrap.loader().text(file);
    if (text == null) {
      return null;
    }
    String[] lines = text.split("\n", -1);
    String sourceLine = line <= lines.length ? lines[line - 1] : "";
    return new WorkerStartException.Site(file, line, column, sourceLine);
  }
}
