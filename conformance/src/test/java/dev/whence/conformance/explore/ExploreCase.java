package dev.whence.conformance.explore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whence.explore.HttpFile;
import dev.whence.explore.Plan;
import dev.whence.explore.Stubs;
import dev.whence.explore.Upstream;
import dev.whence.explore.Volatile;
import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Limits;
import dev.whence.runtime.Provenance;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A folder of the corpus: a faulty worker, its repaired twin, the requests that show the fault, and
 * what is to be found.
 *
 * @param stub {@code URL STATUS BODY}, or empty
 */
record ExploreCase(Path folder, CrossRequest mode, String kind, String stub) {
  private static final Path CORPUS = Path.of("explore");

  static List<ExploreCase> all() {
    try (Stream<Path> folders = Files.list(CORPUS)) {
      return folders.filter(Files::isDirectory).sorted().map(ExploreCase::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ExploreCase read(Path folder) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("case.properties"), UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ExploreCase(
        folder,
        CrossRequest.valueOf(properties.getProperty("mode").toUpperCase(Locale.ROOT)),
        properties.getProperty("kind"),
        properties.getProperty("stub", ""));
  }

  Plan buggy() throws Exception {
    return plan("buggy.js");
  }

  Plan fixed() throws Exception {
    return plan("fixed.js");
  }

  private Plan plan(String file) throws Exception {
    WorkerOptions options =
        new WorkerOptions(
            folder.getFileName().toString(),
            Map.of(),
            null,
            List.of(),
            mode,
            false,
            false,
            false,
            Provenance.SITES,
            true,
            Limits.defaults());
    return new Plan(
        WorkerSource.file(folder.resolve(file)),
        options,
        HttpFile.parse(Files.readString(folder.resolve("requests.http")), name -> null),
        List.of(),
        upstream(),
        Volatile.usual(),
        "0",
        1);
  }

  private Upstream upstream() {
    List<Stubs.Stub> stubs = new ArrayList<>();
    if (!stub.isEmpty()) {
      String[] parts = stub.split(" ", 3);
      stubs.add(
          new Stubs.Stub(
              parts[0],
              new Upstream.Reply(
                  Integer.parseInt(parts[1]),
                  List.of("content-type", "application/json"),
                  parts[2].getBytes(UTF_8))));
    }
    return new Stubs(stubs);
  }

  @Override
  public String toString() {
    return String.valueOf(folder.getFileName());
  }
}
