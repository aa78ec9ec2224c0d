package dev.whence.engine;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.values.V8Value;
import com.caoccao.javet.values.primitive.V8ValueString;
import com.caoccao.javet.values.reference.V8ValueFunction;
import org.jspecify.annotations.Nullable;

/**
 * A handle to a function of an isolate.
 *
 * <p>Thread: the isolate's.
 */
public final class JsFunction extends JsObject {
  private final V8Isolate isolate;
  private final V8ValueFunction function;

  JsFunction(V8Isolate isolate, V8ValueFunction function) {
    super(function);
    this.isolate = isolate;
    this.function = function;
  }

  /**
   * Calls the function with one text and returns its text.
   *
   * @return null when it returns anything but a string
   * @throws JsException if it throws or is terminated
   */
  public @Nullable String call(String argument) throws JsException {
    try (V8ValueString text = isolate.runtime().createV8ValueString(argument);
        V8Value result = function.call(null, text)) {
      return result instanceof V8ValueString string ? string.getValue() : null;
    } catch (JavetException e) {
      throw V8Isolate.translate(e);
    }
  }

  /**
   * Calls the function with handles, texts, numbers and booleans.
   *
   * @return a handle if the result is an object, else null
   * @throws JsException if it throws or is terminated
   */
  public @Nullable JsObject callObject(@Nullable Object... arguments) throws JsException {
    Object[] unwrapped = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      unwrapped[i] = arguments[i] instanceof JsObject object ? object.value : arguments[i];
    }
    try {
      return isolate.wrap(function.call(null, unwrapped));
    } catch (JavetException e) {
      throw V8Isolate.translate(e);
    }
  }
}
