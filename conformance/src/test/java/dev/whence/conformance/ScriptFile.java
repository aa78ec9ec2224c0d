package dev.whence.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Worker scripts that lie beside the tests as files. */
final class ScriptFile {
  private ScriptFile() {}

  /** The text of a file in this package's resources. */
  static String read(String name) {
    try (InputStream in = ScriptFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no worker script named " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
