package dev.whence.cli.watch;

import dev.whence.runtime.WorkerSource.Modules;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files that a worker is made from, noted when they are asked for: so those that are missing or
 * broken are known too, and a worker that failed to load is tried again when they change.
 *
 * <p>Thread: any; guarded by itself.
 */
public final class ReadFiles {
  private final Map<Path, String> digests = new LinkedHashMap<>();

  /** Notes a file, existing or not, with what it holds now. Call it before the file is read. */
  public synchronized void note(Path file) {
    digests.computeIfAbsent(file.toAbsolutePath().normalize(), FileContents::digest);
  }

  /** The same modules; what is asked of them is noted. */
  public Modules noting(Path root, Modules modules) {
    return name -> {
      note(root.resolve(name));
      return modules.read(name);
    };
  }

  /** All files so far, with what they held when they were noted. */
  public synchronized FileContents contents() {
    return new FileContents(digests);
  }
}
