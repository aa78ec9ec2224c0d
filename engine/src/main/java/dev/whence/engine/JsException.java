package dev.whence.engine;

import org.jspecify.annotations.Nullable;

/**
 * JavaScript threw, or did not compile.
 *
 * <p>Thread: any (immutable).
 */
public final class JsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final @Nullable String file;
  private final int line;
  private final int column;
  private final @Nullable String jsStack;

  /** What went wrong. */
  public enum Kind {
    /** The text is not valid JavaScript, or an import could not be linked. */
    COMPILATION,
    /** Code threw. */
    EXECUTION,
    /** {@link V8Isolate#terminate} ended the code. */
    TERMINATED
  }

  public JsException(
      Kind kind,
      String message,
      @Nullable String file,
      int line,
      int column,
      @Nullable String jsStack) {
    super(message);
    this.kind = kind;
    this.file = file;
    this.line = line;
    this.column = column;
    this.jsStack = jsStack;
  }

  public Kind kind() {
    return kind;
  }

  /** Resource name of the module, or null. */
  public @Nullable String file() {
    return file;
  }

  /** Counted from 1; 0 when unknown. In the text as it was compiled. */
  public int line() {
    return line;
  }

  /** Counted from 1; 0 when unknown. In the text as it was compiled. */
  public int column() {
    return column;
  }

  /** The engine's stack text, or null. */
  public @Nullable String jsStack() {
    return jsStack;
  }
}
