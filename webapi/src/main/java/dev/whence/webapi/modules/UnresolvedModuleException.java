package dev.whence.webapi.modules;

/**
 * An import names no module. The message is one line that names the importing module, the specifier
 * and what to do; it needs no prefix.
 */
public final class UnresolvedModuleException extends Exception {
  private static final long serialVersionUID = 1L;

  UnresolvedModuleException(String message) {
    super(message);
  }
}
