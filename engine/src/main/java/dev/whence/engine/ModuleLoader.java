package dev.whence.engine;

import org.jspecify.annotations.Nullable;

/**
 * Finds the modules of an isolate.
 *
 * <p>Thread: the isolate's.
 */
public interface ModuleLoader {

  /** A module's contents. */
  sealed interface Source permits Text, Value {}

  /**
   * An ES module.
   *
   * @param code as it is to be compiled
   */
  record Text(String code) implements Source {}

  /**
   * A module whose exports are the own properties of an object.
   *
   * @param exports an object of the same isolate
   */
  record Value(JsObject exports) implements Source {}

  /**
   * Turns an import specifier into the name of a module, which is also its resource name in stacks.
   *
   * @param referrer name of the importing module, or null for the entry
   * @throws ModuleException if there is no such module
   */
  String resolve(String specifier, @Nullable String referrer) throws ModuleException;

  /**
   * Loads a module by its name.
   *
   * @throws ModuleException if it cannot be read
   * @throws JsException if its text is not valid
   */
  Source load(String name) throws ModuleException, JsException;

  /** An import that cannot be satisfied; the message is one line for the worker's author. */
  final class ModuleException extends Exception {
    private static final long serialVersionUID = 1L;

    public ModuleException(String message) {
      super(message);
    }
  }
}
