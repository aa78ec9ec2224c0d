package dev.whence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class DevCommandTest {
  @TempDir Path folder;

  @Test
  void reloadsWhenTheScriptChanges() throws Exception {
    Path script = Files.writeString(folder.resolve("worker.js"), "one");
    CommandRun run = CommandRun.start("dev", script.toString());
    run.err.await("Ready on http://127.0.0.1:1234\n");
    Files.writeString(script, "two");
    run.err.await("Reloaded in ");
    run.interrupt();
    assertThat(run.exitCode()).isZero();
    assertThat(run.serving.scripts).containsExactly("one", "two");
    assertThat(run.serving.address).extracting(Serving.Address::showCauses).isEqualTo(true);
    assertThat(run.err.text()).containsPattern("Reloaded in \\d+ ms\\n");
  }

  @Test
  void keepsWatchingAScriptThatDoesNotStart() throws Exception {
    Path script = Files.writeString(folder.resolve("worker.js"), "broken");
    CommandRun run = CommandRun.start("dev", script.toString());
    run.err.await("SyntaxError: Unexpected token");
    run.err.await("Waiting for a change.");
    assertThat(run.err.text()).doesNotContain("Ready on");
    Files.writeString(script, "mended");
    run.err.await("Ready on http://127.0.0.1:1234\n");
    Files.writeString(script, "broken again");
    run.err.await("> 1 | broken again");
    Files.writeString(script, "mended again");
    run.err.await("Reloaded in ", 2);
    run.interrupt();
    assertThat(run.exitCode()).isZero();
    assertThat(run.serving.scripts).containsExactly("mended", "mended again");
  }

  @Test
  void readsConfigurationAndSecretsAgain() throws Exception {
    Files.writeString(folder.resolve("worker.js"), "fine");
    Path config = folder.resolve("wrangler.toml");
    Files.writeString(config, "main = \"worker.js\"\n[vars]\nA = \"1\"\n");
    CommandRun run = CommandRun.start("dev", folder.toString());
    run.err.await("Ready on");
    assertThat(run.serving.loaded.get(0).bindings()).isEqualTo(Map.of("A", "1"));

    Files.writeString(config, "main = ");
    run.err.await("whence: " + config + ":1:");
    Files.writeString(config, "main = \"worker.js\"\n[vars]\nA = \"2\"\n");
    run.err.await("Reloaded in");
    assertThat(run.serving.loaded.get(1).bindings()).isEqualTo(Map.of("A", "2"));

    Files.writeString(folder.resolve(".dev.vars"), "A=3\n");
    run.err.await("Reloaded in", 2);
    assertThat(run.serving.loaded.get(2).bindings()).isEqualTo(Map.of("A", "3"));
    run.interrupt();
    assertThat(run.exitCode()).isZero();
  }
}
