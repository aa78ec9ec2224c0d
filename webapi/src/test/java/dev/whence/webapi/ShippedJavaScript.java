package dev.whence.webapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JavaScript in this module's resources, as files. */
final class ShippedJavaScript {
  static final Path ROOT =
      Path.of("src/main/resources/dev/whence/webapi").toAbsolutePath().normalize();

  private ShippedJavaScript() {}

  static List<Path> files() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(file -> file.toString().endsWith(".js")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's name below the root, with forward slashes. */
  static String nameOf(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }
}
