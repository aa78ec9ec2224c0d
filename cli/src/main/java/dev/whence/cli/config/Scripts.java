package dev.whence.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds scripts. Thread: any (stateless). */
final class Scripts {
  /** Where a folder without configuration keeps its worker; the first that exists is taken. */
  static final List<String> USUAL_PLACES =
      List.of(
          "index.js",
          "index.mjs",
          "index.ts",
          "src/index.js",
          "src/index.mjs",
          "src/index.ts",
          "worker.js",
          "worker.mjs",
          "worker.ts",
          "src/worker.js",
          "src/worker.mjs",
          "src/worker.ts");

  private static final int MAX_NEIGHBOURS = 1000;

  private Scripts() {}

  static boolean isScript(Path file) {
    String name = file.toString();
    return name.endsWith(".js") || name.endsWith(".mjs") || name.endsWith(".ts");
  }

  /** The worker of a folder without configuration, or null. */
  static @Nullable Path inFolder(Path folder, Consumer<Path> lookedAt) throws ConfigException {
    Path packaged = mainOfPackage(folder, lookedAt);
    if (packaged != null) {
      return packaged;
    }
    return USUAL_PLACES.stream()
        .map(folder::resolve)
        .peek(lookedAt)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Path mainOfPackage(Path folder, Consumer<Path> lookedAt)
      throws ConfigException {
    Path description = folder.resolve("package.json");
    lookedAt.accept(description);
    if (!Files.isRegularFile(description)) {
      return null;
    }
    JsonNode main =
        ConfigParser.parse(description.toString(), TextFile.read(description)).node().get("main");
    if (main == null || !main.isTextual()) {
      return null;
    }
    Path script = folder.resolve(main.textValue()).normalize();
    lookedAt.accept(script);
    return isScript(script) && Files.isRegularFile(script) ? script : null;
  }

  static Path realPath(Path file) throws ConfigException {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new ConfigException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** A hint at a file of the same folder with nearly the name of one that does not exist. */
  static String similarFile(Path missing) {
    Path folder = missing.toAbsolutePath().normalize().getParent();
    Path name = missing.getFileName();
    if (folder == null || name == null || !Files.isDirectory(folder)) {
      return "";
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files.limit(MAX_NEIGHBOURS).map(file -> String.valueOf(file.getFileName())).toList();
      return DidYouMean.closest(name.toString(), names)
          .map(best -> "; did you mean '" + missing.resolveSibling(best) + "'?")
          .orElse("");
    } catch (IOException e) {
      return ""; // a hint only
    }
  }
}
