package dev.whence.engine;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.IV8InspectorListener;
import com.caoccao.javet.interop.NodeRuntime;
import com.caoccao.javet.interop.V8Inspector;
import com.caoccao.javet.interop.V8ScriptOrigin;
import com.caoccao.javet.values.V8Value;
import com.caoccao.javet.values.reference.IV8Module;
import com.caoccao.javet.values.reference.V8Module;
import com.caoccao.javet.values.reference.V8Script;
import com.caoccao.javet.values.reference.V8ValueFunction;
import com.caoccao.javet.values.reference.V8ValueObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks into what JavaScript cannot see: the variables that a function closes over, the private
 * fields of an object, the entries of a WeakMap, every promise of the heap.
 *
 * <p>V8's inspector answers; it is created when it is first needed. Invariants: no code of a worker
 * runs; nothing that a worker can observe changes; when a call returns, nothing is kept alive by
 * it. What cannot be had under these is left out. The rules are kept by {@code inspection.js}.
 *
 * <p>Values travel in both directions through a carrier object in a global {@code const}, as the
 * protocol itself carries only text. It is sealed, and empty whenever worker code runs.
 *
 * <p>Each question to the inspector lets queued microtasks run (Javet's doing), so ask only when
 * none is queued, or from within a microtask, where V8 runs no other. A termination that meets a
 * question ends only that one.
 *
 * <p>Thread: the isolate's, also from within running JavaScript.
 */
public final class Inspection implements AutoCloseable {
  private static final String GROUP = "look";

  /** Like the other names of the kind it is left out wherever variables are listed. */
  private static final String NAME = "$whence_look";

  private final NodeRuntime runtime;
  private final ModuleGraph graph;
  private final V8ValueObject carrier;
  private final JsFunction inspect;
  private final JsFunction modules;
  private final JsFunction allPromises;
  private @Nullable V8Inspector inspector;
  private @Nullable String reply;
  private int lastId;

  /** Must be created before any worker code runs. */
  Inspection(V8Isolate isolate, ModuleGraph graph) throws JsException, JavetException {
    this.runtime = isolate.runtime();
    this.graph = graph;
    carrier =
        run(
            "const "
                + NAME
                + " = Object.seal({ __proto__: null, given: undefined, found: undefined });"
                + NAME);
    JsFunction ask = isolate.newTextCallback("ask", this::answer);
    try (V8ValueObject main = run(source());
        V8Value require = runtime.getGlobalObject().get("require")) {
      if (!(main instanceof V8ValueFunction open)) {
        throw new IllegalStateException("inspection.js is a function");
      }
      try (V8ValueObject doors = open.call(null, carrier, NAME, ask.value, require)) {
        inspect = new JsFunction(isolate, doors.get("inspect"));
        modules = new JsFunction(isolate, doors.get("modules"));
        allPromises = new JsFunction(isolate, doors.get("allPromises"));
      }
    }
  }

  /**
   * A JavaScript function of one value. For a function it returns {@code {file, line, column,
   * scopes, privates}}: where it is written (of a script not loaded by the host {@code file} is
   * empty), its scopes from the inside out, each {@code {description, object}}, where the object
   * has the variables as own properties. For an object it returns {@code {privates, entries}}: its
   * private fields as {@code {name, value}}, and the entries {@code {key, value}} of a WeakMap or
   * WeakSet (no key there), else undefined. Undefined for anything else, and where looking would
   * run code: native and bound functions, proxies, functions with an Error as a property.
   */
  public JsFunction inspect() {
    return inspect;
  }

  /**
   * A JavaScript function that returns the evaluated modules that are JavaScript, in the order of
   * their loading, as an array of {@code {file, namespace}}. It needs no inspector.
   */
  public JsFunction modules() {
    return modules;
  }

  /**
   * A JavaScript function that returns an array of all promises of the heap. It collects garbage
   * and walks the heap: 30 to 50 ms at 3 MB, 1 to 2 s at 100 MB (on 2 cores).
   */
  public JsFunction allPromises() {
    return allPromises;
  }

  private @Nullable String answer(String request) {
    String argument = request.substring(1);
    try {
      return switch (request.charAt(0)) {
        case 'c' -> connect();
        case 'i' -> inspector == null ? null : "";
        case 'f' -> lookIntoFunction(argument);
        case 'e' -> lookIntoEntries();
        case 'm' -> module(Integer.parseInt(argument));
        case 'p' -> readPrivates(argument);
        case 'q' -> queryPromises();
        default -> throw new IllegalArgumentException("no request " + request);
      };
    } catch (JavetException | IllegalArgumentException e) {
      return null;
    } finally {
      release();
    }
  }

  private @Nullable String connect() throws JavetException {
    V8Inspector created = runtime.createV8Inspector("whence");
    created.addListeners(new Replies());
    inspector = created;
    return null;
  }

  /**
   * Returns line, column and file of the function given, NUL between; its scopes go to the carrier.
   *
   * @param beginning of its text
   */
  private @Nullable String lookIntoFunction(String beginning) throws JavetException {
    Object properties = properties();
    List<?> internals = list(ProtocolReader.find(properties, "internalProperties"));
    Object location = named(internals, "[[FunctionLocation]]");
    Object scopes = named(internals, "[[Scopes]]");
    String script = ProtocolReader.findText(location, "value", "value", "scriptId");
    String line = ProtocolReader.findText(location, "value", "value", "lineNumber");
    String column = ProtocolReader.findText(location, "value", "value", "columnNumber");
    if (scopes == null || script == null || line == null || column == null) {
      return null;
    }
    bringBack(scopes);
    int lineNumber = Integer.parseInt(line);
    int columnNumber = Integer.parseInt(column);
    String file =
        graph.nameOfFunction(Integer.parseInt(script), beginning, lineNumber, columnNumber);
    return (lineNumber + 1) + "\0" + (columnNumber + 1) + "\0" + file;
  }

  /** Gives the name and, if it is evaluated, the namespace of a module; null after the last. */
  private @Nullable String module(int index) throws JavetException {
    if (index >= graph.scripts().size()) {
      return null;
    }
    V8Module module = graph.scripts().get(index);
    if (module.getStatus() == IV8Module.Evaluated) {
      try (V8Value namespace = module.getNamespace()) {
        carrier.set("found", namespace);
      }
    }
    return module.getResourceName();
  }

  private @Nullable String lookIntoEntries() throws JavetException {
    List<?> internals = list(ProtocolReader.find(properties(), "internalProperties"));
    Object entries = named(internals, "[[Entries]]");
    if (entries != null) {
      bringBack(entries);
    }
    return null;
  }

  /** V8 resolves {@code object.#name} outside of the class in the mode for consoles. */
  private @Nullable String readPrivates(String expressions) throws JavetException {
    send(
        "Runtime.evaluate",
        quoted("expression", expressions) + ",\"replMode\":true,\"silent\":true");
    return null;
  }

  private @Nullable String queryPromises() throws JavetException {
    Object answer = send("Runtime.queryObjects", quoted("prototypeObjectId", objectId(given())));
    Object objects = ProtocolReader.find(answer, "objects");
    if (objects != null) {
      bringBack(Map.of("value", objects));
    }
    return null;
  }

  private @Nullable Object given() throws JavetException {
    Object answer = send("Runtime.evaluate", quoted("expression", NAME + ".given"));
    return ProtocolReader.find(answer, "result");
  }

  private @Nullable Object properties() throws JavetException {
    return send(
        "Runtime.getProperties",
        quoted("objectId", objectId(given()))
            + ",\"ownProperties\":true,\"nonIndexedPropertiesOnly\":true");
  }

  /** Has JavaScript put a remote object into the carrier. */
  private void bringBack(Object property) throws JavetException {
    send(
        "Runtime.callFunctionOn",
        quoted("objectId", objectId(ProtocolReader.find(property, "value")))
            + ","
            + quoted("functionDeclaration", "function () { " + NAME + ".found = this; }"));
  }

  private void release() {
    if (inspector == null) {
      return;
    }
    try {
      send("Runtime.releaseObjectGroup", "");
    } catch (JavetException e) {
      // Terminated, most likely. The session's end lets go of everything; the next look opens one.
      close();
    }
  }

  /**
   * Asks and returns the result.
   *
   * @return null if the inspector answers with an error
   */
  private @Nullable Object send(String method, String parameters) throws JavetException {
    V8Inspector current = inspector;
    if (current == null) {
      throw new IllegalStateException("the inspector is asked before it was created");
    }
    int id = ++lastId;
    reply = null;
    current.sendRequest(
        "{\"id\":"
            + id
            + ",\"method\":\""
            + method
            + "\",\"params\":{\"objectGroup\":\""
            + GROUP
            + "\""
            + (parameters.isEmpty() ? "" : "," + parameters)
            + "}}");
    String message = reply;
    reply = null;
    Object answer = message == null ? null : ProtocolReader.read(message);
    return String.valueOf(id).equals(ProtocolReader.findText(answer, "id"))
        ? ProtocolReader.find(answer, "result")
        : null;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static @Nullable Object named(List<?> properties, String name) {
    for (Object property : properties) {
      if (name.equals(ProtocolReader.findText(property, "name"))) {
        return property;
      }
    }
    return null;
  }

  private static String objectId(@Nullable Object remote) {
    String id = ProtocolReader.findText(remote, "objectId");
    if (id == null) {
      throw new IllegalArgumentException("not an object");
    }
    return id;
  }

  private static String quoted(String key, String value) {
    StringBuilder result = new StringBuilder().append('"').append(key).append("\":\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        result.append('\\').append(c);
      } else if (c < ' ') {
        result.append(String.format("\\u%04x", (int) c));
      } else {
        result.append(c);
      }
    }
    return result.append('"').toString();
  }

  private V8ValueObject run(String code) throws JavetException {
    V8ScriptOrigin origin =
        new V8ScriptOrigin(
            "whence:engine/inspection.js", 0, 0, ModuleGraph.nextScriptId(), false, false);
    try (V8Script script = runtime.compileV8Script(code, null, origin, true)) {
      return script.execute();
    }
  }

  private static String source() {
    try (InputStream in = Inspection.class.getResourceAsStream("inspection.js")) {
      if (in == null) {
        throw new IllegalStateException("inspection.js is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("inspection.js cannot be read", e);
    }
  }

  /** Ends the inspector's session, and with it all that it knows. */
  @Override
  public void close() {
    V8Inspector current = inspector;
    inspector = null;
    if (current == null) {
      return;
    }
    try {
      current.close();
    } catch (JavetException e) {
      throw new IllegalStateException("the inspector could not be closed", e);
    }
  }

  /** Keeps the reply to the request that is under way; replies come before it returns. */
  private final class Replies implements IV8InspectorListener {
    @Override
    public void receiveResponse(String message) {
      reply = message;
    }

    @Override
    public void flushProtocolNotifications() {}

    @Override
    public void receiveNotification(String message) {}

    @Override
    public void runIfWaitingForDebugger(int contextGroupId) {}

    @Override
    public void sendRequest(String message) {}
  }
}
