package dev.whence.engine;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.interop.V8ScriptOrigin;
import com.caoccao.javet.interop.callback.IV8ModuleResolver;
import com.caoccao.javet.values.reference.IV8Module;
import com.caoccao.javet.values.reference.V8Module;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The modules of one isolate by name, each compiled once.
 *
 * <p>Thread: the isolate's.
 */
final class ModuleGraph implements IV8ModuleResolver {
  private static final AtomicInteger SCRIPT_IDS = new AtomicInteger(1);

  private final V8Runtime runtime;
  private final Map<String, V8Module> compiled = new HashMap<>();
  private final List<V8Module> scripts = new ArrayList<>();
  private final Map<Integer, String> namesByScript = new HashMap<>();
  private final Map<String, String> namesByText = new HashMap<>();
  private @Nullable ModuleLoader loader;

  /** V8's code caches by module; null unless modules are compiled again and again. */
  private @Nullable Map<String, CachedCode> caches;

  @SuppressWarnings("ArrayRecordComponent") // a carrier that is never compared
  private record CachedCode(String code, byte[] cache) {}

  /** Why the last link failed: V8 reports only that it did. */
  private @Nullable JsException failure;

  ModuleGraph(V8Runtime runtime) {
    this.runtime = runtime;
    runtime.setV8ModuleResolver(this);
  }

  void setLoader(ModuleLoader loader) {
    this.loader = loader;
  }

  static int nextScriptId() {
    return SCRIPT_IDS.getAndIncrement();
  }

  V8Module obtain(String specifier, @Nullable String referrer) throws JsException, JavetException {
    ModuleLoader current = loader;
    if (current == null) {
      throw new IllegalStateException("no module loader is set");
    }
    failure = null;
    try {
      String name = current.resolve(specifier, referrer);
      V8Module module = compiled.get(name);
      if (module == null) {
        module = compile(name, current.load(name));
        compiled.put(name, module);
      }
      return module;
    } catch (ModuleLoader.ModuleException e) {
      throw new JsException(
          JsException.Kind.COMPILATION, String.valueOf(e.getMessage()), referrer, 0, 0, null);
    }
  }

  private V8Module compile(String name, ModuleLoader.Source source) throws JavetException {
    if (source instanceof ModuleLoader.Value value) {
      return runtime.createV8Module(name, value.exports().value);
    }
    String code = ((ModuleLoader.Text) source).code();
    V8ScriptOrigin origin = new V8ScriptOrigin(name, 0, 0, nextScriptId(), false, true);
    V8Module module = runtime.compileV8Module(code, cacheOf(name, code), origin, true);
    scripts.add(module);
    namesByScript.put(module.getScriptId(), name);
    return module;
  }

  /** The modules that are JavaScript, in the order in which they were compiled. */
  List<V8Module> scripts() {
    return scripts;
  }

  /** Remembers a classic script, whose number is not known. */
  void addScript(String code, String name) {
    namesByText.put(code, name);
  }

  /**
   * The name of the classic script that a function is written in; empty when it is in none. Javet
   * does not tell the number of a classic script, and asking it for a function's script fails for
   * some of Node's.
   *
   * @param script V8's number
   * @param beginning of the function's text
   * @param line of the function, from 0
   * @param column of the function, from 0
   */
  String nameOfFunction(int script, String beginning, int line, int column) {
    String known = namesByScript.get(script);
    if (known != null) {
      return known;
    }
    for (Map.Entry<String, String> entry : namesByText.entrySet()) {
      int offset = offsetOf(entry.getKey(), line, column);
      int start = offset < 0 ? -1 : entry.getKey().lastIndexOf(beginning, offset);
      if (start >= 0 && offset - start <= beginning.length()) {
        namesByScript.put(script, entry.getValue());
        return entry.getValue();
      }
    }
    return "";
  }

  private static int offsetOf(String text, int line, int column) {
    int start = 0;
    for (int i = 0; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
      if (start == 0) {
        return -1;
      }
    }
    return start + column <= text.length() ? start + column : -1;
  }

  /** The name of the module that V8 gave this number. */
  @Nullable String nameOfScript(int script) {
    return namesByScript.get(script);
  }

  private byte @Nullable [] cacheOf(String name, String code) {
    Map<String, CachedCode> kept = caches;
    CachedCode cached = kept == null ? null : kept.get(name);
    return cached != null && cached.code().equals(code) ? cached.cache() : null;
  }

  /** From now on what a module was compiled to is kept for {@link #forget}. */
  void keepCode() {
    caches = new HashMap<>();
  }

  /** Forgets modules, so that they are compiled and evaluated anew when they are asked for. */
  void forget(Predicate<String> names) throws JavetException {
    for (Iterator<Map.Entry<String, V8Module>> all = compiled.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<String, V8Module> entry = all.next();
      if (names.test(entry.getKey())) {
        all.remove();
        scripts.remove(entry.getValue());
        namesByScript.remove(entry.getValue().getScriptId());
        runtime.removeV8Module(entry.getValue(), true);
      }
    }
  }

  /** Keeps the code of a module that has run: what it compiled lazily is in it. */
  void keepCode(String name, String code) throws JavetException {
    Map<String, CachedCode> kept = caches;
    V8Module module = compiled.get(name);
    if (kept != null && module != null && module.isSourceTextModule()) {
      byte[] cache = module.getCachedData();
      if (cache != null && cache.length > 0) {
        kept.put(name, new CachedCode(code, cache));
      }
    }
  }

  @Override
  public String getAbsoluteResourceName(
      V8Runtime v8Runtime, String specifier, @Nullable IV8Module referrer) throws JavetException {
    ModuleLoader current = loader;
    if (current == null) {
      return specifier;
    }
    try {
      return current.resolve(specifier, referrer == null ? null : referrer.getResourceName());
    } catch (ModuleLoader.ModuleException e) {
      return specifier;
    }
  }

  @Override
  public @Nullable IV8Module resolve(
      V8Runtime v8Runtime, String specifier, @Nullable IV8Module referrer) throws JavetException {
    try {
      return obtain(specifier, referrer == null ? null : referrer.getResourceName());
    } catch (JsException e) {
      failure = e;
      return null;
    } catch (JavetException e) {
      failure = V8Isolate.translate(e);
      return null;
    }
  }

  /** The exception for a failed compile, link or evaluation, with the reason of a failed import. */
  JsException explain(JavetException e) {
    JsException reason = failure;
    failure = null;
    return reason != null ? reason : V8Isolate.translate(e);
  }
}
