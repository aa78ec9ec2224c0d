package dev.whence.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.WorkerSource;
import dev.whence.runtime.WorkerStartException;
import dev.whence.runtime.WorkerStartException.Site;
import dev.whence.testkit.SampleCause;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartErrorTest {
  private static final WorkerSource SOURCE =
      WorkerSource.inMemory(
          "src/worker.js",
          Map.of("src/worker.js", "\nlet a;\nconst x = ;\n".getBytes(StandardCharsets.UTF_8)));

  @Test
  void pointsAtThePlaceInTheSource() {
    Site site = new Site("src/worker.js", 3, 11, "const x = ;");
    assertThat(describe("SyntaxError: Unexpected token ';'", site))
        .isEqualTo(
            """
            SyntaxError: Unexpected token ';'
                at src/worker.js:3:11

              1 |
              2 | let a;
            > 3 | const x = ;
                |           ^
              4 |""");
  }

  @Test
  void isMessageAndPlaceWhenThereIsNoSource() {
    assertThat(describe("No event handlers were registered.", null))
        .isEqualTo("No event handlers were registered.");
    assertThat(describe("Boom", new Site("a.js", 1, 1, ""))).isEqualTo("Boom\n    at a.js:1:1");
    assertThat(describe("Boom", new Site("src/worker.js", 999, 1, "")))
        .isEqualTo("Boom\n    at src/worker.js:999:1");
  }

  @Test
  void isMessageAndCardWhenTheFailureIsExplained() {
    WorkerStartException error =
        new WorkerStartException(
            "Disallowed operation called within global scope.",
            new Site("src/worker.js", 3, 11, "const x = ;"),
            SampleCause.globalScope());

    assertThat(StartError.describe(error, SOURCE, Colours.OFF))
        .isEqualTo(
            """
            Disallowed operation called within global scope.

            The worker did not start: fetch was called in global scope, where there is no request.
              called at    worker.js:10:15
                 8 |
                 9 | async function handleRequest(path) {
              > 10 |   blocker ??= sleep(20_000);
                   |               ^
                11 |   await blocker;
                12 |   return new Response(path);
              try          call it from a handler""");
  }

  private static String describe(String message, Site site) {
    return StartError.describe(new WorkerStartException(message, site), SOURCE, Colours.OFF);
  }
}
