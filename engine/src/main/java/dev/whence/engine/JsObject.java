package dev.whence.engine;

import com.caoccao.javet.values.reference.V8ValueObject;

/**
 * A handle to an object of an isolate. It keeps the object alive for the life of the isolate.
 *
 * <p>Thread: the isolate's.
 */
public class JsObject {
  final V8ValueObject value;

  JsObject(V8ValueObject value) {
    this.value = value;
  }
}
