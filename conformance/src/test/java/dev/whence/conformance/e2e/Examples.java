package dev.whence.conformance.e2e;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that these tests run. */
final class Examples {
  private Examples() {}

  /** One of the scripts that people are told to try. */
  static Path example(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("examples"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("run this within the source tree");
      }
    }
    return folder.resolve("examples").resolve(name);
  }

  /** A file of the test resources, by its absolute name. */
  static Path resource(String name) {
    URL url = Examples.class.getResource(name);
    if (url == null) {
      throw new IllegalArgumentException("no test resource " + name);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
