package dev.whence.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker's modules come from.
 *
 * @param entry name of the main module, a relative path with forward slashes, for example {@code
 *     src/index.js}
 * @param modules finds the others
 */
public record WorkerSource(String entry, Modules modules) {

  /** Finds a module's bytes by its name. Thread: any. */
  @FunctionalInterface
  public interface Modules {
    /**
     * Reads a module.
     *
     * @param name relative path with forward slashes, normalised, never leaving the root
     * @return null when there is none
     */
    byte @Nullable [] read(String name) throws IOException;
  }

  /**
   * A file and what it imports from the folder tree below {@code root}.
   *
   * @param root imports may not leave it, by links either
   * @param entry a file below it
   */
  public static WorkerSource files(Path root, Path entry) throws IOException {
    Path realRoot = root.toRealPath();
    Path realEntry = entry.toRealPath();
    if (!realEntry.startsWith(realRoot)) {
      throw new IOException(entry + " is not below " + root);
    }
    String name = realRoot.relativize(realEntry).toString().replace('\\', '/');
    return new WorkerSource(name, module -> readBelow(realRoot, module));
  }

  /** A file and what it imports from its own folder tree. */
  public static WorkerSource file(Path entry) throws IOException {
    Path parent = entry.toAbsolutePath().normalize().getParent();
    return files(parent == null ? Path.of("/") : parent, entry);
  }

  /** Modules held in memory: JavaScript text by name. */
  public static WorkerSource inMemory(String entry, Map<String, byte[]> modules) {
    Map<String, byte[]> copy = Map.copyOf(modules);
    return new WorkerSource(entry, copy::get);
  }

  private static byte @Nullable [] readBelow(Path root, String module) throws IOException {
    Path file = root.resolve(module).normalize();
    if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(root)) {
      return null;
    }
    return Files.readAllBytes(file);
  }
}
