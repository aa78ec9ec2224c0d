package dev.whence.webapi.modules;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a module's text or bytes are, told by the ending of its name.
 *
 * <p>Thread: any (immutable).
 */
public enum ModuleKind {
  /** An ES module: {@code .js}, {@code .mjs}. */
  ES_MODULE,
  /** An ES module with types: {@code .ts}, {@code .mts}. */
  TYPESCRIPT,
  /** A CommonJS module: {@code .cjs}. */
  COMMON_JS,
  /** Default export is the parsed value: {@code .json}. */
  JSON,
  /** Default export is the text: {@code .txt}, {@code .html}, {@code .sql}. */
  TEXT,
  /** Default export is an ArrayBuffer: {@code .bin}. */
  DATA,
  /** Default export is a compiled WebAssembly.Module: {@code .wasm}. */
  WASM,
  /** Part of the runtime, for example {@code node:buffer}; has no file. */
  BUILT_IN;

  private static final Map<String, ModuleKind> BY_ENDING =
      Map.ofEntries(
          Map.entry("js", ES_MODULE),
          Map.entry("mjs", ES_MODULE),
          Map.entry("ts", TYPESCRIPT),
          Map.entry("mts", TYPESCRIPT),
          Map.entry("cjs", COMMON_JS),
          Map.entry("json", JSON),
          Map.entry("txt", TEXT),
          Map.entry("html", TEXT),
          Map.entry("sql", TEXT),
          Map.entry("bin", DATA),
          Map.entry("wasm", WASM));

  /** The kind of the file of this name; empty when the ending is not one of those above. */
  public static Optional<ModuleKind> ofFile(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(BY_ENDING.get(file.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }
}
