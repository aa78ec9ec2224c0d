package dev.whence.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.engine.JsException;
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
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Checks the shipped JavaScript as TypeScript sees it: types come from JSDoc. */
@TestInstance(Lifecycle.PER_CLASS)
class JavaScriptTypesTest {

  /** What runs on behalf of the host while a worker may have patched every built-in. */
  private static final List<String> HOT_FILES =
      List.of(
          "console/message.js",
          "core/context.js",
          "core/dispatch.js",
          "core/following.js",
          "core/handlers.js",
          "core/outbox.js",
          "core/promises.js",
          "explain/store-text.js",
          "explain/store-values.js",
          "explain/store.js",
          "fetch/body.js",
          "fetch/consume.js",
          "fetch/deliver.js",
          "fetch/header-list.js",
          "fetch/redirect.js",
          "fetch/request.js",
          "fetch/response.js",
          "fetch/subrequest.js",
          "fetch/url.js",
          "modules/call-site.js",
          "modules/mapped-stack.js",
          "modules/own-realm.js",
          "modules/positions.js",
          "modules/prepare.js",
          "modules/source-map.js",
          "modules/stack.js",
          "modules/syntax-error.js",
          "modules/syntax.js",
          "modules/transform.js",
          "modules/typescript.js",
          "streams/bytes.js",
          "streams/guards.js",
          "streams/incoming.js",
          "streams/outgoing.js",
          "streams/ownership.js",
          "timers/scheduler.js",
          "timers/timers.js");

  private V8Isolate isolate;
  private Path typescript;

  @BeforeAll
  void loadTypeScript(@TempDir Path folder) throws IOException, JsException {
    typescript = unpackTypeScript(folder);
    isolate = new V8Isolate();
    isolate.runScript(resource("check-javascript.js"), "check-javascript.js");
  }

  @AfterAll
  void close() {
    isolate.close();
  }

  @Test
  void shippedJavaScriptHasNoTypeErrors() throws Exception {
    List<Path> files = new ArrayList<>(ShippedJavaScript.files());
    files.add(Path.of(resourceUrl("ambient.d.ts").toURI()));

    assertThat(findings("checkTypes", files)).isEmpty();
  }

  @Test
  void hotFilesReadNoPatchableIterator() throws Exception {
    List<Path> files = HOT_FILES.stream().map(ShippedJavaScript.ROOT::resolve).toList();

    assertThat(files).allMatch(Files::isRegularFile);
    assertThat(findings("checkHotFiles", files)).isEmpty();
  }

  private List<String> findings(String function, List<Path> files) throws JsException {
    List<String> request = new ArrayList<>(List.of(name(typescript), name(ShippedJavaScript.ROOT)));
    files.forEach(file -> request.add(name(file)));
    String findings = isolate.function(isolate.global(), function).call(String.join("\n", request));
    assertThat(findings).isNotNull();
    return findings.lines().toList();
  }

  private static String name(Path file) {
    return file.toString().replace('\\', '/');
  }

  /** TypeScript reads its declarations of the standard library from beside its own file. */
  private static Path unpackTypeScript(Path folder) throws IOException {
    Path library = folder.resolve("typescript.js");
    try (JarFile jar = typeScriptJar();
        Stream<JarEntry> entries = Collections.list(jar.entries()).stream()) {
      for (JarEntry entry : entries.toList()) {
        String name = entry.getName();
        String file = name.substring(name.lastIndexOf('/') + 1);
        boolean isDeclaration = file.startsWith("lib.") && file.endsWith(".d.ts");
        if (name.contains("/lib/") && (isDeclaration || file.equals("typescript.js"))) {
          try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, folder.resolve(file));
          }
        }
      }
    }
    assertThat(library).isRegularFile();
    return library;
  }

  private static JarFile typeScriptJar() throws IOException {
    String about = "/META-INF/maven/org.webjars.npm/typescript/pom.properties";
    URL url = JavaScriptTypesTest.class.getResource(about);
    assertThat(url).as("TypeScript's WebJar on the class path").isNotNull();
    JarURLConnection connection = (JarURLConnection) url.openConnection();
    connection.setUseCaches(false);
    return connection.getJarFile();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = resourceUrl(name).openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static URL resourceUrl(String name) {
    URL url = JavaScriptTypesTest.class.getResource(name);
    assertThat(url).as(name).isNotNull();
    return url;
  }
}
