package dev.whence.cli.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * A cheap look at files, without reading them: time of change and size, {@code ""} for one that
 * does not exist.
 *
 * <p>Thread: any (immutable).
 */
record Glance(Map<Path, String> looks) {

  static Glance at(Collection<Path> files) {
    Map<Path, String> looks = new HashMap<>();
    for (Path file : files) {
      looks.put(file, look(file));
    }
    return new Glance(looks);
  }

  private static String look(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size();
    } catch (IOException e) {
      return "";
    }
  }
}
