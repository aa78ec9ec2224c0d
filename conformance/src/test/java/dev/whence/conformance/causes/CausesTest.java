package dev.whence.conformance.causes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs each worker of the folder {@code causes} and compares what it is told with what is expected
 * of it: kind, places, owner, store and words.
 *
 * <p>With {@code -Dwhence.rewriteCauses=true} the expectations are rewritten from what happens:
 * read the difference as the worker's author would, before it is committed. {@code
 * -Dwhence.cause=NAME} runs only the folders whose name begins so.
 */
class CausesTest {
  private static final Path FOLDER = Path.of("causes");

  @TestFactory
  @DisplayName("each worker of the folder causes is told what its author would point at")
  Stream<DynamicTest> tellsWhatTheAuthorWouldPointAt() throws IOException {
    String wanted = System.getProperty("whence.cause", "");
    List<Path> folders;
    try (Stream<Path> entries = Files.list(FOLDER)) {
      folders =
          entries
              .filter(entry -> Files.exists(entry.resolve(CauseCase.FILE)))
              .filter(entry -> entry.getFileName().toString().startsWith(wanted))
              .sorted()
              .toList();
    }
    return folders.stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  private static void check(Path folder) {
    try {
      CauseCase given = CauseCase.read(folder);
      ObjectNode told = given.run();
      if (Boolean.getBoolean("whence.rewriteCauses")) {
        given.rewrite(told);
      } else {
        assertThat(CaseText.of(told)).isEqualTo(CaseText.of(given.expectations()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
