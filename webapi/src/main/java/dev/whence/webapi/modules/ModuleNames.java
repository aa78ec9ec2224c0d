package dev.whence.webapi.modules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the module that an import means. Names are paths relative to the worker's root with forward
 * slashes, without {@code .} or {@code ..}; no specifier leads out of the root.
 *
 * <p>An exact name wins; then come the endings a bundler would try, and the TypeScript file that a
 * {@code .js} specifier stands for.
 *
 * <p>Thread: any, if the predicates allow it.
 */
public final class ModuleNames {

  /**
   * A module found.
   *
   * @param name its path, or for a built-in the specifier, for example {@code node:buffer}
   */
  public record Resolved(String name, ModuleKind kind) {}

  private static final List<String> ENDINGS =
      List.of(".js", ".mjs", ".ts", ".mts", "/index.js", "/index.mjs", "/index.ts");

  private final Predicate<String> exists;
  private final Predicate<String> nodeModules;

  /**
   * Resolves names in one worker.
   *
   * @param exists whether the worker has a file of this name
   * @param nodeModules whether a name without {@code node:} is one of Node's modules that this
   *     worker may import; false for all without {@code nodejs_compat}
   */
  public ModuleNames(Predicate<String> exists, Predicate<String> nodeModules) {
    this.exists = exists;
    this.nodeModules = nodeModules;
  }

  /**
   * Finds a module.
   *
   * @param referrer name of the importing module
   * @param specifier as written in the import
   * @throws UnresolvedModuleException when there is none
   */
  public Resolved resolve(String referrer, String specifier) throws UnresolvedModuleException {
    if (specifier.startsWith("node:") || specifier.startsWith("cloudflare:")) {
      return new Resolved(specifier, ModuleKind.BUILT_IN);
    }
    if (!isPath(specifier)) {
      return resolveBare(referrer, specifier);
    }
    String path = join(referrer, specifier);
    if (path.endsWith(".wasm?module")) {
      path = path.substring(0, path.length() - "?module".length());
    }
    return find(referrer, specifier, path);
  }

  private Resolved resolveBare(String referrer, String specifier) throws UnresolvedModuleException {
    if (nodeModules.test(specifier)) {
      return new Resolved("node:" + specifier, ModuleKind.BUILT_IN);
    }
    if (specifier.contains("://") || specifier.startsWith("data:")) {
      throw unresolved(referrer, specifier, "modules are not loaded from URLs; bundle it first");
    }
    String asFile = join(referrer, "./" + specifier);
    if (ModuleKind.ofFile(asFile).isPresent() && exists.test(asFile)) {
      throw unresolved(
          referrer, specifier, "a file next to it is imported as './" + specifier + "'");
    }
    throw unresolved(
        referrer,
        specifier,
        "packages are not looked up; bundle the worker first, for example with esbuild or wrangler"
            + " (Node's own modules need the flag nodejs_compat)");
  }

  private Resolved find(String referrer, String specifier, String path)
      throws UnresolvedModuleException {
    List<String> tried = candidates(path);
    for (String candidate : tried) {
      Optional<ModuleKind> kind = ModuleKind.ofFile(candidate);
      if (kind.isPresent() && exists.test(candidate)) {
        return new Resolved(candidate, kind.get());
      }
    }
    if (!path.isEmpty() && exists.test(path)) {
      throw unresolved(
          referrer,
          specifier,
          "the ending of that file names no kind of module (known: js, mjs, ts, mts, cjs, json, txt,"
              + " html, sql, bin, wasm)");
    }
    throw unresolved(referrer, specifier, "there is no " + String.join(", ", tried));
  }

  private static List<String> candidates(String path) {
    List<String> candidates = new ArrayList<>();
    boolean hasKind = ModuleKind.ofFile(path).isPresent();
    if (hasKind) {
      candidates.add(path);
    }
    if (path.endsWith(".js") || path.endsWith(".mjs")) {
      candidates.add(path.substring(0, path.length() - 2) + "ts");
    } else if (path.isEmpty()) {
      candidates.addAll(List.of("index.js", "index.mjs", "index.ts"));
    } else {
      for (String ending : hasKind ? List.<String>of() : ENDINGS) {
        candidates.add(path + ending);
      }
    }
    return candidates;
  }

  private static boolean isPath(String specifier) {
    return specifier.startsWith("./")
        || specifier.startsWith("../")
        || specifier.startsWith("/")
        || specifier.equals(".")
        || specifier.equals("..");
  }

  private static String join(String referrer, String specifier) throws UnresolvedModuleException {
    Deque<String> path = new ArrayDeque<>();
    if (!specifier.startsWith("/")) {
      String folder = referrer.substring(0, referrer.lastIndexOf('/') + 1);
      for (String part : folder.split("/")) {
        if (!part.isEmpty()) {
          path.addLast(part);
        }
      }
    }
    for (String part : specifier.split("/")) {
      if (part.equals("..")) {
        if (path.pollLast() == null) {
          throw unresolved(referrer, specifier, "it leads out of the worker's folder");
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        path.addLast(part);
      }
    }
    return String.join("/", path);
  }

  private static UnresolvedModuleException unresolved(
      String referrer, String specifier, String reason) {
    return new UnresolvedModuleException(
        "%s imports '%s', which was not found: %s"
            .formatted(oneLine(referrer), oneLine(specifier), oneLine(reason)));
  }

  private static String oneLine(String text) {
    String shown = text.length() <= 300 ? text : text.substring(0, 300) + "…";
    return shown.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
