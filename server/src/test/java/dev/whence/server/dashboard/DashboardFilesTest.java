package dev.whence.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.engine.V8Isolate;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that are sent to browsers: complete, small, and without type errors. */
class DashboardFilesTest {
  private static final Path ROOT =
      Path.of("src/main/resources/dev/whence/server/dashboard").toAbsolutePath().normalize();
  private static final int MAX_LINES = 400;

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<Path> scripts() throws IOException {
    return files().stream().filter(file -> file.toString().endsWith(".js")).toList();
  }

  private static String name(Path file) {
    return file.toString().replace('\\', '/');
  }

  @Test
  void allFilesAreServedAndNoOther() throws IOException {
    DashboardFiles served = new DashboardFiles();
    List<String> names = files().stream().map(file -> name(ROOT.relativize(file))).toList();
    assertThat(DashboardFiles.NAMES).containsExactlyInAnyOrderElementsOf(names);
    for (String name : names) {
      DashboardFiles.File file = Objects.requireNonNull(served.at("/" + name), name);
      assertThat(file.bytes().getBytes()).isEqualTo(Files.readAllBytes(ROOT.resolve(name)));
    }
    assertThat(served.at("/")).isEqualTo(served.at("/index.html"));
    assertThat(served.at("/other.js")).isNull();
  }

  @Test
  void nothingComesFromElsewhere() throws IOException {
    for (Path file : files()) {
      assertThat(Files.readString(file).replace("http://www.w3.org/", ""))
          .as(file.toString())
          .doesNotContain("http://", "https://", "innerHTML", "eval(", " style=\"", "@import url");
    }
  }

  @Test
  void scriptsAreSmallAndSayWhatTheyAre() throws IOException {
    for (Path file : scripts()) {
      String text = Files.readString(file);
      assertThat(text).as(file.toString()).startsWith("// @ts-check\n/**").endsWith("\n");
      assertThat(text.lines().count()).as(file.toString()).isLessThanOrEqualTo(MAX_LINES);
    }
  }

  @Test
  void scriptsHaveNoTypeErrors(@TempDir Path folder) throws Exception {
    List<String> request = new ArrayList<>(List.of(name(unpackTypeScript(folder)), name(ROOT)));
    scripts().forEach(file -> request.add(name(file)));
    try (V8Isolate isolate = new V8Isolate()) {
      isolate.runScript(resource("check-types.js"), "check-types.js");
      String findings =
          isolate.function(isolate.global(), "checkTypes").call(String.join("\n", request));
      assertThat(findings).isEmpty();
    }
  }

  /** TypeScript reads its declarations of the standard library from beside its own file. */
  private static Path unpackTypeScript(Path folder) throws IOException {
    try (JarFile jar = typeScriptJar();
        Stream<JarEntry> entries = Collections.list(jar.entries()).stream()) {
      for (JarEntry entry : entries.toList()) {
        String file = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        boolean isDeclaration = file.startsWith("lib.") && file.endsWith(".d.ts");
        boolean isWanted = isDeclaration || file.equals("typescript.js");
        if (entry.getName().contains("/lib/") && isWanted) {
          try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, folder.resolve(file));
          }
        }
      }
    }
    return folder.resolve("typescript.js");
  }

  private static JarFile typeScriptJar() throws IOException {
    URL url =
        Objects.requireNonNull(
            DashboardFilesTest.class.getResource(
                "/META-INF/maven/org.webjars.npm/typescript/pom.properties"));
    JarURLConnection connection = (JarURLConnection) url.openConnection();
    connection.setUseCaches(false);
    return connection.getJarFile();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DashboardFilesTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
