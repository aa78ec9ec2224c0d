package dev.whence.runtime;

import dev.whence.engine.JsException;
import dev.whence.engine.JsFunction;
import dev.whence.engine.JsObject;
import dev.whence.engine.ModuleLoader;
import dev.whence.engine.V8Isolate;
import dev.whence.webapi.BuiltInModules;
import dev.whence.webapi.modules.ModuleKind;
import dev.whence.webapi.modules.ModuleNames;
import dev.whence.webapi.modules.UnresolvedModuleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds, prepares and compiles the modules of one worker, and the runtime's own under {@code
 * whence:}, which no worker can import.
 *
 * <p>Thread: the isolate's; {@link #modules} any.
 */
final class ScriptLoader implements ModuleLoader {
  private static final String MAP_COMMENT = "//# sourceMappingURL=";

  private final V8Isolate isolate;
  private final WorkerSource source;
  private final ModuleNames names;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Set<String> modules = ConcurrentHashMap.newKeySet();

  /** Prepared texts by kind and name; null unless the worker is loaded again and again. */
  private @Nullable Map<String, String> preparedTexts;

  private @Nullable Format knownFormat;
  private boolean asFunction;

  private @Nullable JsFunction prepare;
  private @Nullable JsFunction dataModule;
  private @Nullable JsFunction nodeExports;
  private @Nullable JsFunction workersExports;

  ScriptLoader(V8Isolate isolate, WorkerSource source, boolean nodeCompat) {
    this.isolate = isolate;
    this.source = source;
    this.names = new ModuleNames(this::exists, name -> nodeCompat && isNodeModule(name));
  }

  /** Connects with the JavaScript that prepares modules. */
  void connect(JsObject main) throws JsException {
    prepare = isolate.function(main, "prepare");
    dataModule = isolate.function(main, "dataModule");
    nodeExports = isolate.function(main, "nodeExports");
    workersExports = isolate.function(main, "workersExports");
  }

  /** From now on what was prepared is kept: the worker is loaded again and again. */
  void keepPrepared() {
    preparedTexts = new LinkedHashMap<>();
  }

  /** Whether a classic script is to run as the body of a function, because it will run again. */
  void runAsFunction(boolean wanted) {
    asFunction = wanted;
  }

  /** Has the engine keep what it compiled of the modules that have run. */
  void keepCode() throws JsException {
    Map<String, String> kept = preparedTexts;
    if (kept != null) {
      for (String name : modules) {
        String code = kept.get("module " + name);
        if (code != null) {
          isolate.keepCode(name, code);
        }
      }
    }
  }

  /** Names of the worker's modules that were asked for, for watching. */
  Set<String> modules() {
    return new LinkedHashSet<>(modules);
  }

  /** A text of the worker, loaded or not, or null. */
  @Nullable String anyText(String name) {
    String text = texts.get(name);
    if (text != null) {
      return text;
    }
    byte[] bytes = read(name);
    return bytes == null ? null : utf8(bytes);
  }

  /** The author's text of a module that was loaded, or null. */
  @Nullable String text(String name) {
    return texts.get(name);
  }

  private boolean isNodeModule(String name) {
    try {
      return require(nodeExports).callObject(name) != null;
    } catch (JsException e) {
      return false;
    }
  }

  private boolean exists(String name) {
    return read(name) != null;
  }

  private byte @Nullable [] read(String name) {
    try {
      return source.modules().read(name);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public String resolve(String specifier, @Nullable String referrer) throws ModuleException {
    if (referrer == null) {
      return specifier;
    }
    if (BuiltInModules.isBuiltIn(referrer)) {
      return BuiltInModules.resolve(specifier, referrer);
    }
    try {
      return names.resolve(referrer, specifier).name();
    } catch (UnresolvedModuleException e) {
      throw new ModuleException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Source load(String name) throws ModuleException, JsException {
    if (BuiltInModules.isBuiltIn(name)) {
      return new Text(BuiltInModules.text(name));
    }
    if (name.startsWith("node:")) {
      JsObject exports = require(nodeExports).callObject(name.substring("node:".length()));
      if (exports == null) {
        throw new ModuleException("No such module \"" + name + "\".");
      }
      return new Value(exports);
    }
    if (name.equals("cloudflare:workers")) {
      JsObject exports = require(workersExports).callObject();
      if (exports == null) {
        throw new IllegalStateException("no exports of " + name);
      }
      return new Value(exports);
    }
    if (name.startsWith("cloudflare:")) {
      throw new ModuleException("No such module \"" + name + "\".");
    }
    modules.add(name);
    byte[] bytes = read(name);
    if (bytes == null) {
      throw new ModuleException("No such module \"" + name + "\".");
    }
    return switch (kind(name)) {
      case ES_MODULE -> new Text(prepareText(name, utf8(bytes), "module", false));
      case TYPESCRIPT -> new Text(prepareText(name, utf8(bytes), "module", true));
      case JSON -> data("json", bytes, name);
      case TEXT -> data("text", bytes, name);
      case DATA -> data("data", bytes, name);
      case WASM -> data("wasm", bytes, name);
      case COMMON_JS ->
          throw new ModuleException(
              "\"" + name + "\" is CommonJS: bundle the worker first (esbuild, wrangler).");
      case BUILT_IN -> throw new IllegalStateException(name + " was found as a file");
    };
  }

  private static ModuleKind kind(String name) {
    return ModuleKind.ofFile(name).orElse(ModuleKind.ES_MODULE);
  }

  private Source data(String kind, byte[] bytes, String name) throws JsException {
    try {
      JsObject exports = require(dataModule).callObject(kind, isolate.newArrayBuffer(bytes));
      if (exports == null) {
        throw new IllegalStateException("no exports for " + name);
      }
      return new Value(exports);
    } catch (JsException e) {
      throw new JsException(
          JsException.Kind.COMPILATION, name + ": " + e.getMessage(), name, 0, 0, null);
    }
  }

  private static String utf8(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static JsFunction require(@Nullable JsFunction function) {
    if (function == null) {
      throw new IllegalStateException("the loader is not connected");
    }
    return function;
  }

  /** Strips types and rewrites awaits. */
  private String prepareText(String name, String text, String kind, boolean typescript)
      throws JsException {
    texts.put(name, text);
    Map<String, String> kept = preparedTexts;
    String key = kind + ' ' + name;
    String known = kept == null ? null : kept.get(key);
    if (known != null) {
      return known;
    }
    String answer =
        require(prepare)
            .call(
                name
                    + '\0'
                    + kind
                    + '\0'
                    + (typescript ? "1" : "0")
                    + '\0'
                    + mapBeside(name, text)
                    + '\0'
                    + text);
    if (answer != null && answer.startsWith("c")) {
      String code = answer.substring(1);
      if (kept != null) {
        kept.put(key, code);
      }
      return code;
    }
    if (!typescript) {
      // The engine words its errors as everybody knows them.
      JsException reason = isolate.checkSyntax(text, name, kind.equals("module"));
      if (reason != null) {
        throw reason;
      }
    }
    throw PrepareError.parse(answer == null ? "" : answer.substring(1), name);
  }

  /** The source map that a file names, when it lies beside it; else empty. */
  private String mapBeside(String name, String text) {
    int comment = text.lastIndexOf(MAP_COMMENT);
    if (comment < 0) {
      return "";
    }
    String url = text.substring(comment + MAP_COMMENT.length()).strip();
    if (url.isEmpty() || url.startsWith("data:") || url.contains("://") || url.contains("\n")) {
      return "";
    }
    byte[] map = read(name.substring(0, name.lastIndexOf('/') + 1) + url);
    return map == null ? "" : utf8(map).replace("\0", "");
  }

  /** How the main script is to be run. */
  enum Format {
    MODULE,
    SERVICE_WORKER
  }

  /**
   * Tells the format by compiling: a text that is a valid classic script and registers listeners is
   * in service-worker format.
   */
  Format format() throws JsException {
    Format format = knownFormat;
    if (format == null) {
      format = findFormat();
      knownFormat = format;
    }
    return format;
  }

  private Format findFormat() throws JsException {
    String name = source.entry();
    byte[] bytes = read(name);
    if (bytes == null) {
      throw new JsException(
          JsException.Kind.COMPILATION, "No such module \"" + name + "\".", name, 0, 0, null);
    }
    modules.add(name);
    String text = utf8(bytes);
    ModuleKind kind = kind(name);
    if (name.endsWith(".mjs")) {
      return Format.MODULE;
    }
    if (kind == ModuleKind.TYPESCRIPT) {
      text = prepareText(name, text, "module", true);
    }
    return isolate.checkSyntax(text, name, false) == null && !text.isBlank()
        ? Format.SERVICE_WORKER
        : Format.MODULE;
  }

  /** Runs the main script in service-worker format. */
  void runScript() throws JsException {
    String name = source.entry();
    byte[] bytes = read(name);
    boolean typescript = kind(name) == ModuleKind.TYPESCRIPT;
    String text = bytes == null ? "" : utf8(bytes);
    String code = prepareText(name, text, "script", typescript);
    if (!asFunction) {
      isolate.runScript(code, name);
    } else {
      // A script's own `let` and `const` could not be declared a second time.
      isolate.runFunctionBody(code, name);
    }
    isolate.drain();
  }
}
