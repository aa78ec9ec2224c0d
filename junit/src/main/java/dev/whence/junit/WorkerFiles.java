package dev.whence.junit;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the files of workers. Thread: any. */
final class WorkerFiles {
  private WorkerFiles() {}

  static Path find(String name) {
    Path file = Path.of(name);
    if (Files.isRegularFile(file)) {
      return file;
    }
    URL resource = Thread.currentThread().getContextClassLoader().getResource(name);
    if (resource != null && resource.getProtocol().equals("file")) {
      try {
        return Path.of(resource.toURI());
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(resource + " is no file", e);
      }
    }
    throw new IllegalArgumentException(
        "there is no worker "
            + name
            + " in "
            + Path.of("").toAbsolutePath()
            + " or on the class path");
  }
}
