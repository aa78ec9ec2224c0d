package dev.whence.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectTest {
  @TempDir Path given;
  private Path folder;
  private final List<Path> lookedAt = new ArrayList<>();

  @BeforeEach
  void resolveLinks() throws IOException {
    folder = given.toRealPath();
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker.js", "worker.mjs", "worker.ts"})
  void opensAScript(String name) throws Exception {
    Path script = write(name, "");
    Project project = open(script.toString());
    assertThat(project.script()).isEqualTo(script);
    assertThat(project.moduleRoot()).isEqualTo(folder);
    assertThat(project.config()).isNull();
    assertThat(project.defaultName()).isEqualTo("worker");
  }

  @Test
  void aScriptDoesNotReadTheConfigurationBesideIt() throws Exception {
    write("wrangler.toml", "name = 5");
    assertThat(open(write("worker.js", "").toString()).config()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrangler.toml", "wrangler.json", "wrangler.jsonc"})
  void opensAFolderAndAConfiguration(String name) throws Exception {
    Path script = write("src/index.js", "");
    String main = name.endsWith("toml") ? "main='src/index.js'" : "{'main':'src/index.js'}";
    Path config = write(name, main.replace('\'', '"'));
    for (Path argument : List.of(folder, config)) {
      Project project = open(argument.toString());
      assertThat(project.script()).isEqualTo(script);
      assertThat(project.configFile()).isEqualTo(config);
      assertThat(project.folder()).isEqualTo(folder);
      assertThat(project.defaultName()).isEqualTo(folder.getFileName().toString());
    }
  }

  @Test
  void ofSeveralConfigurationsTheFirstIsReadAndTheOthersAreNamed() throws Exception {
    write("a.js", "");
    write("wrangler.jsonc", "{\"main\":\"a.js\"}");
    Path other = write("wrangler.toml", "main = \"b.js\"");
    Project project = open(folder.toString());
    assertThat(project.script()).hasFileName("a.js");
    assertThat(project.warnings())
        .containsExactly(other + " is not read: wrangler.jsonc comes first");
  }

  @Test
  void opensAFolderWithoutConfiguration() throws Exception {
    Path last = write("worker.js", "");
    assertThat(open(folder.toString()).script()).isEqualTo(last);
    Path source = write("src/index.ts", "");
    assertThat(open(folder.toString()).script()).isEqualTo(source);
    Path index = write("index.js", "");
    assertThat(open(folder.toString()).script()).isEqualTo(index);
    write("package.json", "{\"main\": \"lib/missing.js\"}");
    assertThat(open(folder.toString()).script()).isEqualTo(index);
    Path main = write("lib/main.mjs", "");
    write("package.json", "{\"main\": \"./lib/main.mjs\"}");
    assertThat(open(folder.toString()).script()).isEqualTo(main);
  }

  @Test
  void aMainOutsideTheFolderHasItsOwnFolderAsRoot() throws Exception {
    Path script = write("dist/worker.js", "");
    Path config = write("app/wrangler.toml", "main = \"../dist/worker.js\"");
    Project project = open(config.toString());
    assertThat(project.script()).isEqualTo(script);
    assertThat(project.moduleRoot()).isEqualTo(folder.resolve("dist"));
    assertThat(project.folder()).isEqualTo(folder.resolve("app"));
  }

  @Test
  void aLinkToAScriptLeadsToTheScript() throws Exception {
    Path script = write("real/worker.js", "");
    Path link = Files.createSymbolicLink(folder.resolve("link.js"), script);
    assertThat(open(link.toString()).moduleRoot()).isEqualTo(folder.resolve("real"));
  }

  @Test
  void tellsWhatIsWrong() throws Exception {
    Path worker = write("worker.js", "");
    Path other = write("worker.py", "");
    assertProblem(
        folder.resolve("wroker.js"),
        "no such file: " + folder.resolve("wroker.js") + "; did you mean '" + worker + "'?");
    assertProblem(folder.resolve("none/a.js"), "no such file: " + folder.resolve("none/a.js"));
    assertProblem(
        other, other + " is no worker; give a .js, .mjs or .ts file, a folder or a wrangler.toml");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> open(empty.toString()))
        .message()
        .startsWith("no worker in " + empty + "; it needs a wrangler.toml, a package.json")
        .contains("src/index.js");
    assertThatThrownBy(() -> open("a\0b")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> open("x".repeat(100_000))).isInstanceOf(ConfigException.class);
  }

  @Test
  void tellsWhatIsWrongWithMain() throws Exception {
    Path config = write("wrangler.toml", "name = \"a\"");
    assertProblem(folder, config + ": 'main' is missing; add the path of the worker's script");
    write("wrangler.toml", "main = \"src/indx.js\"");
    Path script = write("src/index.js", "");
    assertProblem(
        folder,
        config
            + ": 'main' names src/indx.js, which does not exist; did you mean '"
            + script
            + "'?");
    write("wrangler.toml", "main = \"wrangler.toml\"");
    assertProblem(
        folder, config + ": 'main' names wrangler.toml, which is no .js, .mjs or .ts file");
  }

  @Test
  void anEnvironmentNeedsAConfiguration() throws Exception {
    Path script = write("worker.js", "");
    for (Path argument : List.of(script, folder)) {
      assertThatThrownBy(() -> Project.open(argument.toString(), "qa", file -> {}))
          .message()
          .startsWith("--env qa: there is no configuration with environments");
    }
  }

  @Test
  void tellsEveryFileThatHasASay() throws Exception {
    write("wrangler.toml", "main = \"src/missing.js\"");
    assertThatThrownBy(() -> open(folder.toString())).isInstanceOf(ConfigException.class);
    assertThat(lookedAt)
        .containsExactly(
            folder.resolve("wrangler.jsonc"),
            folder.resolve("wrangler.json"),
            folder.resolve("wrangler.toml"),
            folder.resolve("src/missing.js"));
  }

  private void assertProblem(Path argument, String message) {
    assertThatThrownBy(() -> open(argument.toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  private Project open(String argument) throws ConfigException {
    return Project.open(argument, null, lookedAt::add);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
