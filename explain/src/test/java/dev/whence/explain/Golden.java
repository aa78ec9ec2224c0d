package dev.whence.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected output in {@code src/test/resources/cards}; {@code -Dgolden.update} rewrites it. */
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/cards");

  private Golden() {}

  static void check(String name, String actual) throws IOException {
    Path file = FOLDER.resolve(name);
    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
