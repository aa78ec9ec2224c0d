package dev.whence.cli.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * What some files held at one moment.
 *
 * <p>Thread: any (immutable).
 *
 * @param digests by absolute path; {@code ""} for a file that did not exist
 */
public record FileContents(Map<Path, String> digests) {
  private static final String MISSING = "";

  public FileContents {
    digests = new LinkedHashMap<>(digests);
  }

  /** The files, in the order they were noted. */
  Set<Path> files() {
    return digests.keySet();
  }

  /** What the same files hold now. */
  FileContents now() {
    Map<Path, String> now = new LinkedHashMap<>();
    files().forEach(file -> now.put(file, digest(file)));
    return new FileContents(now);
  }

  /** True when a file that existed here does not exist there. */
  boolean lostAFile(FileContents later) {
    return digests.entrySet().stream()
        .anyMatch(
            file ->
                !file.getValue().equals(MISSING)
                    && MISSING.equals(later.digests.get(file.getKey())));
  }

  static String digest(Path file) {
    if (!Files.isRegularFile(file)) {
      return MISSING;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      CRC32C checksum = new CRC32C();
      checksum.update(bytes);
      return bytes.length + " bytes, " + Long.toHexString(checksum.getValue());
    } catch (IOException e) {
      return Files.exists(file) ? "unreadable" : MISSING;
    }
  }
}
