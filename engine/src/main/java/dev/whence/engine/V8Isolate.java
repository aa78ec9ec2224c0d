package dev.whence.engine;

import com.caoccao.javet.enums.V8AwaitMode;
import com.caoccao.javet.enums.V8RuntimeTerminationMode;
import com.caoccao.javet.exceptions.BaseJavetScriptingException;
import com.caoccao.javet.exceptions.JavetCompilationException;
import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.exceptions.JavetScriptingError;
import com.caoccao.javet.exceptions.JavetTerminatedException;
import com.caoccao.javet.interop.NodeRuntime;
import com.caoccao.javet.interop.V8ScriptOrigin;
import com.caoccao.javet.interop.callback.IJavetDirectCallable;
import com.caoccao.javet.interop.callback.JavetCallbackContext;
import com.caoccao.javet.interop.callback.JavetCallbackType;
import com.caoccao.javet.values.V8Value;
import com.caoccao.javet.values.primitive.V8ValueString;
import com.caoccao.javet.values.reference.IV8Module;
import com.caoccao.javet.values.reference.V8Module;
import com.caoccao.javet.values.reference.V8ValueArrayBuffer;
import com.caoccao.javet.values.reference.V8ValueFunction;
import com.caoccao.javet.values.reference.V8ValueObject;
import com.caoccao.javet.values.reference.V8ValuePromise;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One V8 heap with Node's library, on one thread.
 *
 * <p>Invariant: nothing but {@link #terminate} touches it from elsewhere.
 *
 * <p>Thread: the one that created it.
 */
public final class V8Isolate implements AutoCloseable {
  private static final long HEAP_GRACE_BYTES = 64L << 20;

  private final NodeRuntime runtime;
  private final ModuleGraph modules;
  private final JsFunction tickCallback;
  private final IdentityHashMap<V8Module, JsObject> evaluations = new IdentityHashMap<>();
  private @Nullable Inspection inspection;
  private volatile boolean heapExhausted;

  /** A shared piece of memory: the JavaScript object and the same bytes for Java. */
  public record SharedMemory(JsObject arrayBuffer, ByteBuffer bytes) {}

  /** Code of the host that JavaScript calls with one text. */
  @FunctionalInterface
  public interface TextCallback {
    @Nullable String call(String argument);
  }

  /** Starts an isolate on the calling thread. */
  public V8Isolate() throws JsException {
    runtime = NativeLibrary.createRuntime();
    modules = new ModuleGraph(runtime);
    try {
      // Without these handlers the engine exits the whole process on a stray rejection.
      runtime
          .getExecutor(
              "process.on('unhandledRejection', () => {});"
                  + "process.on('uncaughtException', () => {});")
          .executeVoid();
      // Kept, because a worker's globals have no `process`.
      V8ValueFunction tick = runtime.getExecutor("process._tickCallback").execute();
      tickCallback = new JsFunction(this, tick);
      runtime.setNearHeapLimitCallback(
          (current, initial) -> {
            heapExhausted = true;
            runtime.terminateExecution(V8RuntimeTerminationMode.Synchronous);
            return current + HEAP_GRACE_BYTES;
          });
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  NodeRuntime runtime() {
    return runtime;
  }

  /** The global object. */
  public JsObject global() throws JsException {
    try {
      return new JsObject(runtime.getGlobalObject());
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /** Sets who finds the modules compiled from now on. */
  public void setModuleLoader(ModuleLoader loader) {
    modules.setLoader(loader);
  }

  /**
   * Loads, links and evaluates a module with all it imports; waits for native work it awaits.
   *
   * @return its namespace object
   * @throws JsException if it does not compile or link, throws, or is still waiting for something
   */
  public JsObject evaluateModule(String specifier, @Nullable String referrer) throws JsException {
    try {
      V8Module module = modules.obtain(specifier, referrer);
      JsObject promise = start(module);
      drain();
      if (isPending(promise)) {
        // Top-level await of work on other threads (a digest): it always ends, so wait for it here.
        runtime.await(V8AwaitMode.RunTillNoMoreTasks);
        drain();
      }
      requireFulfilled(promise, module.getResourceName());
      return namespace(module);
    } catch (JavetException e) {
      throw modules.explain(e);
    }
  }

  /** The result of {@link #importModule}: a namespace and the promise of its evaluation. */
  public record Import(JsObject namespace, JsObject evaluation) {}

  /** Loads, links and starts evaluating a module from within running JavaScript. */
  public Import importModule(String specifier, @Nullable String referrer) throws JsException {
    try {
      V8Module module = modules.obtain(specifier, referrer);
      JsObject evaluation = start(module);
      return new Import(namespace(module), evaluation);
    } catch (JavetException e) {
      throw modules.explain(e);
    }
  }

  private JsObject start(V8Module module) throws JavetException, JsException {
    JsObject known = evaluations.get(module);
    if (known != null) {
      return known;
    }
    if (module.getStatus() == IV8Module.Uninstantiated && !module.instantiate()) {
      throw new JsException(
          JsException.Kind.COMPILATION,
          "could not link " + module.getResourceName(),
          module.getResourceName(),
          0,
          0,
          null);
    }
    JsObject promise = wrap(module.evaluate(true));
    if (promise == null) {
      // Evaluated already, as part of another module's graph.
      promise = wrap(runtime.createV8ValuePromise());
      if (!(promise != null && promise.value instanceof V8ValuePromise resolver)) {
        throw new IllegalStateException("a promise is an object");
      }
      resolver.resolve(runtime.createV8ValueUndefined());
      promise = new JsObject(resolver.getPromise());
    }
    evaluations.put(module, promise);
    return promise;
  }

  private static boolean isPending(JsObject promise) throws JavetException {
    return promise.value instanceof V8ValuePromise settled
        && settled.getState() == V8ValuePromise.STATE_PENDING;
  }

  private void requireFulfilled(JsObject promise, String name) throws JavetException, JsException {
    if (!(promise.value instanceof V8ValuePromise settled)) {
      return;
    }
    int state = settled.getState();
    if (state == V8ValuePromise.STATE_PENDING) {
      throw new JsException(
          JsException.Kind.EXECUTION,
          "top-level await in " + name + " waits for a promise that nothing at start-up can settle",
          name,
          0,
          0,
          null);
    }
    if (state == V8ValuePromise.STATE_REJECTED) {
      settled.markAsHandled();
      try (V8Value reason = settled.getResult()) {
        throw thrown(reason, name);
      }
    }
  }

  private static JsException thrown(V8Value reason, String name) throws JavetException {
    if (reason instanceof V8ValueObject object) {
      String text = object.toProtoString();
      try (V8Value stack = object.get("stack")) {
        String trace = stack instanceof V8ValueString string ? string.getValue() : null;
        String message = errorText(object, text);
        return new JsException(JsException.Kind.EXECUTION, message, name, 0, 0, trace);
      }
    }
    return new JsException(JsException.Kind.EXECUTION, reason.toString(), name, 0, 0, null);
  }

  private static String errorText(V8ValueObject error, String otherwise) throws JavetException {
    String name = error.getString("name");
    String message = error.getString("message");
    if (name == null || message == null) {
      return otherwise;
    }
    return message.isEmpty() ? name : name + ": " + message;
  }

  private static JsObject namespace(V8Module module) throws JavetException {
    return new JsObject((V8ValueObject) module.getNamespace());
  }

  /** Runs a classic script: its top-level names become globals. */
  public void runScript(String code, String name) throws JsException {
    try {
      V8ScriptOrigin origin =
          new V8ScriptOrigin(name, 0, 0, ModuleGraph.nextScriptId(), false, false);
      runtime.compileV8Script(code, null, origin, true).executeVoid();
      modules.addScript(code, name);
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /**
   * Compiles without running.
   *
   * @return why it does not compile, or null
   */
  public @Nullable JsException checkSyntax(String code, String name, boolean module) {
    V8ScriptOrigin origin =
        new V8ScriptOrigin(name, 0, 0, ModuleGraph.nextScriptId(), false, module);
    try {
      if (module) {
        runtime.compileV8Module(code, null, origin, true).close();
      } else {
        runtime.compileV8Script(code, null, origin, true).close();
      }
      return null;
    } catch (JavetException e) {
      return translate(e);
    }
  }

  /** From now on modules may be forgotten, and what they were compiled to is kept for then. */
  public void keepCode() {
    modules.keepCode();
  }

  /**
   * Keeps the code of a module that has run, so that compiling it again is quick.
   *
   * @param code its text, as it was compiled
   */
  public void keepCode(String name, String code) throws JsException {
    try {
      modules.keepCode(name, code);
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /**
   * Forgets modules, so that a new instance of each is made when it is asked for. Objects of the
   * old instances live on where something holds them.
   */
  public void forgetModules(Predicate<String> names) throws JsException {
    try {
      for (Iterator<Map.Entry<V8Module, JsObject>> all = evaluations.entrySet().iterator();
          all.hasNext(); ) {
        Map.Entry<V8Module, JsObject> entry = all.next();
        if (names.test(entry.getKey().getResourceName())) {
          entry.getValue().value.close();
          all.remove();
        }
      }
      modules.forget(names);
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /** Gives up a handle: the object lives on only where JavaScript holds it. */
  public void release(JsObject handle) throws JsException {
    try {
      handle.value.close();
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /** Runs a text as the body of a function: its top-level names are its own. */
  public void runFunctionBody(String code, String name) throws JsException {
    V8ScriptOrigin origin =
        new V8ScriptOrigin(name, 0, 0, ModuleGraph.nextScriptId(), false, false);
    modules.addScript(code, name);
    try (V8ValueFunction body =
            runtime.compileV8ValueFunction(
                code, null, origin, new String[0], new V8ValueObject[0]);
        V8ValueObject global = runtime.getGlobalObject()) {
      body.callVoid(global);
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /** How many handles are held: they shall not become more with each instance. */
  public int handles() {
    return runtime.getReferenceCount();
  }

  /** From now on `eval` and its kin throw. */
  public void forbidCodeFromStrings() {
    runtime.allowEval(false);
  }

  /** What looks into closures and the like; to be created once, before any worker code runs. */
  public Inspection newInspection() throws JsException {
    try {
      inspection = new Inspection(this, modules);
      return inspection;
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /** Reads a member that is a function. */
  public JsFunction function(JsObject object, String name) throws JsException {
    try {
      V8Value member = object.value.get(name);
      if (member instanceof V8ValueFunction function) {
        return new JsFunction(this, function);
      }
      throw new IllegalStateException(name + " is no function");
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /** Reads a member that is a text; empty when it is none. */
  public String text(JsObject object, String name) throws JsException {
    try {
      String text = object.value.getString(name);
      return text == null ? "" : text;
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /** Sets a member to a handle, text, number or boolean. */
  public void set(JsObject object, String name, Object value) throws JsException {
    try {
      object.value.set(name, value instanceof JsObject handle ? handle.value : value);
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /** An empty object. */
  public JsObject newObject() throws JsException {
    try {
      return new JsObject(runtime.createV8ValueObject());
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /** An array buffer with a copy of the bytes. */
  public JsObject newArrayBuffer(byte[] bytes) throws JsException {
    try {
      V8ValueArrayBuffer buffer = runtime.createV8ValueArrayBuffer(bytes.length);
      buffer.fromBytes(bytes);
      return new JsObject(buffer);
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /** Memory that both sides read and write; valid until the isolate closes. */
  public SharedMemory newSharedMemory(int size) throws JsException {
    try {
      V8ValueArrayBuffer buffer = runtime.createV8ValueArrayBuffer(size);
      return new SharedMemory(new JsObject(buffer), buffer.getByteBuffer());
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /** A function that calls the host with its first argument as text. */
  public JsFunction newTextCallback(String name, TextCallback callback) throws JsException {
    return newFunction(
        name,
        arguments -> {
          String argument = arguments.length == 0 ? "" : arguments[0].toString();
          String result = callback.call(argument);
          return result == null
              ? runtime.createV8ValueUndefined()
              : runtime.createV8ValueString(result);
        });
  }

  /** A function that tells whether its argument is a pending promise. */
  public JsFunction newPendingPredicate() throws JsException {
    return newFunction(
        "isPending",
        arguments ->
            runtime.createV8ValueBoolean(
                arguments.length > 0
                    && arguments[0] instanceof V8ValuePromise promise
                    && promise.getState() == V8ValuePromise.STATE_PENDING));
  }

  /** Host code that makes an object of this isolate from two texts. */
  @FunctionalInterface
  public interface ObjectFactory {
    /** Creates it; an exception is thrown in JavaScript as an Error with its message. */
    JsObject create(String first, String second) throws JsException;
  }

  /** A function that calls the host with two texts and returns an object. */
  public JsFunction newObjectCallback(String name, ObjectFactory factory) throws JsException {
    return newFunction(
        name,
        arguments ->
            factory.create(arguments[0].toString(), arguments[1].toString()).value.toClone());
  }

  private JsFunction newFunction(
      String name, IJavetDirectCallable.NoThisAndResult<Exception> callable) throws JsException {
    try {
      return new JsFunction(
          this,
          runtime.createV8ValueFunction(
              new JavetCallbackContext(
                  name, this, JavetCallbackType.DirectCallNoThisAndResult, callable)));
    } catch (JavetException e) {
      throw translate(e);
    }
  }

  /** Lets Node's event loop deliver finished background work; does not block. */
  public void poll() {
    runtime.await(V8AwaitMode.RunNoWait);
  }

  /** Runs microtasks and process ticks to their end. */
  public void drain() throws JsException {
    tickCallback.call("");
  }

  /**
   * Ends the JavaScript that runs now: the call throws {@link JsException.Kind#TERMINATED}. Queued
   * microtasks are lost. The isolate stays usable.
   *
   * <p>Thread: any.
   */
  public void terminate() {
    // The other mode leaves it to a new thread, and so may hit a later turn, another request's.
    runtime.terminateExecution(V8RuntimeTerminationMode.Synchronous);
  }

  /** Takes back a {@link #terminate} that came too late to end anything. */
  public void cancelTermination() {
    runtime.cancelTerminateExecution();
  }

  /** Tells once that the heap limit was reached since the last call. */
  public boolean takeHeapExhausted() {
    boolean result = heapExhausted;
    heapExhausted = false;
    return result;
  }

  /** Bytes in use in V8's heap, array buffers not counted. */
  public long usedHeapBytes() {
    return runtime.getV8HeapStatistics().join().getUsedHeapSize();
  }

  /** Asks for a full garbage collection. */
  public void collectGarbage() {
    runtime.lowMemoryNotification();
  }

  @Nullable JsObject wrap(@Nullable V8Value value) {
    if (value instanceof V8ValueFunction function) {
      return new JsFunction(this, function);
    }
    return value instanceof V8ValueObject object ? new JsObject(object) : null;
  }

  static JsException translate(JavetException e) {
    if (e instanceof JavetTerminatedException) {
      return new JsException(
          JsException.Kind.TERMINATED, "JavaScript was terminated", null, 0, 0, null);
    }
    if (e instanceof BaseJavetScriptingException scripting) {
      JavetScriptingError error = scripting.getScriptingError();
      return new JsException(
          e instanceof JavetCompilationException
              ? JsException.Kind.COMPILATION
              : JsException.Kind.EXECUTION,
          error.getDetailedMessage(),
          error.getResourceName(),
          error.getLineNumber(),
          error.getStartColumn() + 1,
          error.getStack());
    }
    return new JsException(
        JsException.Kind.EXECUTION, String.valueOf(e.getMessage()), null, 0, 0, null);
  }

  @Override
  public void close() {
    if (inspection != null) {
      inspection.close();
    }
    try {
      runtime.close(true);
    } catch (JavetException e) {
      throw new IllegalStateException("the isolate could not be closed", e);
    }
  }
}
