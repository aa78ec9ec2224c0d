package dev.whence.webapi.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.webapi.modules.ModuleNames.Resolved;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleNamesTest {
  private static final Set<String> FILES =
      Set.of(
          "main.js",
          "src/index.js",
          "src/util.ts",
          "src/both.js",
          "src/both.ts",
          "src/lib/index.ts",
          "src/old.cjs",
          "src/page.html",
          "src/data.csv",
          "src/hello.wasm",
          "src/types.mts",
          "src/.js",
          "src/dir.v2/index.js",
          "src/LICENSE",
          "config.json");

  private final ModuleNames names = new ModuleNames(FILES::contains, Set.of("buffer")::contains);

  @Test
  void resolvesPathsAgainstTheImportingModule() throws Exception {
    assertThat(resolve("./util.ts")).isEqualTo(found("src/util.ts", ModuleKind.TYPESCRIPT));
    assertThat(resolve("../main.js")).isEqualTo(found("main.js", ModuleKind.ES_MODULE));
    assertThat(resolve("/config.json")).isEqualTo(found("config.json", ModuleKind.JSON));
    assertThat(resolve(".//lib/../old.cjs")).isEqualTo(found("src/old.cjs", ModuleKind.COMMON_JS));
    assertThat(resolve("./page.html")).isEqualTo(found("src/page.html", ModuleKind.TEXT));
    assertThat(names.resolve("main.js", "./src/index.js").name()).isEqualTo("src/index.js");
  }

  @Test
  void triesEndingsAndIndexFiles() throws Exception {
    assertThat(resolve("./util").name()).isEqualTo("src/util.ts");
    assertThat(resolve("./both").name()).isEqualTo("src/both.js");
    assertThat(resolve("./types").name()).isEqualTo("src/types.mts");
    assertThat(resolve("./lib").name()).isEqualTo("src/lib/index.ts");
    assertThat(resolve("./lib/").name()).isEqualTo("src/lib/index.ts");
    assertThat(resolve("./dir.v2").name()).isEqualTo("src/dir.v2/index.js");
    assertThat(resolve(".").name()).isEqualTo("src/index.js");
    assertThat(names.resolve("src/lib/index.ts", "..").name()).isEqualTo("src/index.js");
  }

  @Test
  void takesTheTypeScriptFileThatAJsSpecifierStandsFor() throws Exception {
    assertThat(resolve("./util.js").name()).isEqualTo("src/util.ts");
    assertThat(resolve("./types.mjs").name()).isEqualTo("src/types.mts");
    assertThat(resolve("./both.js").name()).isEqualTo("src/both.js");
  }

  @Test
  void keepsTheNamesOfBuiltIns() throws Exception {
    assertThat(resolve("node:fs")).isEqualTo(found("node:fs", ModuleKind.BUILT_IN));
    assertThat(resolve("cloudflare:workers").kind()).isEqualTo(ModuleKind.BUILT_IN);
    assertThat(resolve("buffer")).isEqualTo(found("node:buffer", ModuleKind.BUILT_IN));
  }

  @Test
  void ignoresTheModuleMarkOfWebAssembly() throws Exception {
    assertThat(resolve("./hello.wasm?module")).isEqualTo(found("src/hello.wasm", ModuleKind.WASM));
  }

  @Test
  void neverLeavesTheRoot() {
    fails("../../main.js", "it leads out of the worker's folder");
    fails("/../main.js", "it leads out of the worker's folder");
    fails("./a/../../../b.js", "it leads out of the worker's folder");
  }

  @Test
  void saysWhatWasTriedAndWhatToDo() {
    fails("./nope.js", "there is no src/nope.js, src/nope.ts");
    fails("./nope", "there is no src/nope.js, src/nope.mjs, src/nope.ts");
    fails("hono", "packages are not looked up; bundle the worker first");
    fails("fs", "nodejs_compat");
    fails("util.ts", "a file next to it is imported as './util.ts'");
    fails("https://example.com/x.js", "not loaded from URLs");
    fails("./data.csv", "the ending of that file names no kind of module");
    fails("./LICENSE", "the ending of that file names no kind of module");
    fails("./a\nb", "there is no");
  }

  private void fails(String specifier, String reason) {
    assertThatThrownBy(() -> resolve(specifier))
        .isInstanceOf(UnresolvedModuleException.class)
        .hasMessageStartingWith("src/index.js imports '")
        .hasMessageContaining(reason)
        .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
  }

  private Resolved resolve(String specifier) throws UnresolvedModuleException {
    return names.resolve("src/index.js", specifier);
  }

  private static Resolved found(String name, ModuleKind kind) {
    return new Resolved(name, kind);
  }
}
