package dev.whence.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.WorkerSource;
import dev.whence.runtime.WorkerStartException;
import dev.whence.runtime.WorkerStartException.Site;
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

  private static String describe(String message, Site site) {
    return StartError.describe(new WorkerStartException(message, site), SOURCE, Colours.OFF);
  }
}
