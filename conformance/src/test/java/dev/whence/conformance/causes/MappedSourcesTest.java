package dev.whence.conformance.causes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.explain.Cause;
import dev.whence.explain.Code;
import dev.whence.runtime.CrossRequest;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The code that a card shows is the author's: what the source map brought along, or the file. */
class MappedSourcesTest {
  private static final Path FOLDER = Path.of("causes");

  @ParameterizedTest
  @CsvSource({
    "bundle-inline-map,     worker.js, bundles/src/worker.ts,         const { greeting } = await settings();",
    "bundle-external-map,   worker.js, bundles/src/worker.ts,         const { greeting } = await settings();",
    "bundle-map-from-above, worker.js, bundles/src/worker.ts,         const { greeting } = await settings();",
    "minified-inline-map,   worker.js, bundles/src/worker.ts,         const { greeting } = await settings();",
    "minified-external-map, worker.js, bundles/src/worker.ts,         const { greeting } = await settings();",
    "bundle-without-map,    worker.js, bundle-without-map/worker.js,  const { greeting } = await settings();",
    "typescript-blanked,    worker.ts, typescript-blanked/worker.ts,  const rates: Rates = await (cache.promise as Promise<Rates>);",
    "typescript-compiled,   worker.ts, typescript-compiled/worker.ts, const session = await this.ready;",
  })
  void showsTheSourceAsItsAuthorWroteIt(String folder, String entry, String source, String line)
      throws IOException {
    Path worker = FOLDER.resolve(folder);
    TestWorker.Builder builder = TestWorker.of(entry, Files.readString(worker.resolve(entry)));
    Path map = worker.resolve(entry + ".map");
    if (Files.exists(map)) {
      builder.module(entry + ".map", Files.readAllBytes(map));
    }
    try (TestWorker running = builder.mode(CrossRequest.CANCEL).explained().start()) {
      TestClient first = running.get("/a");
      running.get("/b").answer();
      first.disconnect();

      Cause cause = Objects.requireNonNull(running.trace("/b").whence().cause());
      Code code = Objects.requireNonNull(cause.code());
      assertThat(code.source()).isEqualTo(Files.readString(FOLDER.resolve(source)));
      assertThat(code.source().lines().skip(code.at().line() - 1).findFirst().map(String::strip))
          .contains(line);
    }
  }
}
