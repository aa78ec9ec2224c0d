package dev.whence.engine;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.interop.V8ScriptOrigin;
import com.caoccao.javet.interop.callback.IV8ModuleResolver;
import com.caoccao.javet.values.reference.IV8Module;
import com.caoccao.javet.values.reference.V8Module;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
  private @Nullable ModuleLoader loader;

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
    return runtime.compileV8Module(code, null, origin, true);
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
