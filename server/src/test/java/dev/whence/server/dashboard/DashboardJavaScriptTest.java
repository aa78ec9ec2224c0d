package dev.whence.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.engine.JsException;
import dev.whence.engine.JsObject;
import dev.whence.engine.ModuleLoader;
import dev.whence.engine.V8Isolate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the unit tests of the dashboard's pure parts, which are written in JavaScript, in the real
 * engine: each exported function of a file of {@code src/test/js} is a test.
 */
class DashboardJavaScriptTest {
  private static final Path TESTS = Path.of("src", "test", "js");
  private static final Path SHIPPED =
      Path.of("src", "main", "resources", "dev", "whence", "server", "dashboard");
  private static final String DRIVER =
      """
      let tests = {};
      export function names(namespace) {
        tests = namespace;
        return { text: Object.keys(namespace).join('\\n') };
      }
      export function run(name) {
        try {
          tests[name]();
          return 'passed';
        } catch (e) {
          return 'failed: ' + (e && e.stack || e);
        }
      }
      """;

  @TestFactory
  Stream<DynamicTest> javaScript() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(TESTS)) {
      files = walk.filter(file -> file.toString().endsWith(".test.js")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(3);
    return files.stream().flatMap(DashboardJavaScriptTest::run);
  }

  private static Stream<DynamicTest> run(Path file) {
    String name = TESTS.relativize(file).toString().replace('\\', '/');
    try (V8Isolate isolate = new V8Isolate()) {
      isolate.setModuleLoader(new TestModules());
      JsObject driver = isolate.evaluateModule("driver", null);
      JsObject tests = isolate.evaluateModule("/test/" + name, null);
      JsObject names = Objects.requireNonNull(isolate.function(driver, "names").callObject(tests));
      List<DynamicTest> results =
          isolate.text(names, "text").lines().map(test -> result(isolate, driver, test)).toList();
      assertThat(results).as(name).isNotEmpty();
      return results.stream();
    } catch (JsException e) {
      throw new AssertionError(name + ": " + e.getMessage() + "\n" + e.jsStack(), e);
    }
  }

  /** Runs the test now, while its isolate lives, and reports it when JUnit asks. */
  private static DynamicTest result(V8Isolate isolate, JsObject driver, String test) {
    String result;
    try {
      result = isolate.function(driver, "run").call(test);
    } catch (JsException e) {
      result = "failed: " + e.getMessage();
    }
    String state = result;
    return DynamicTest.dynamicTest(test, () -> assertThat(state).isEqualTo("passed"));
  }

  /** {@code dashboard/…} is what ships. */
  private static final class TestModules implements ModuleLoader {
    @Override
    public String resolve(String specifier, @Nullable String referrer) {
      if (specifier.startsWith("dashboard/")) {
        return "/" + specifier;
      }
      if (referrer == null || !specifier.startsWith(".")) {
        return specifier;
      }
      return URI.create(referrer).resolve(specifier).getPath();
    }

    @Override
    public Source load(String name) throws ModuleException {
      if (name.equals("driver")) {
        return new Text(DRIVER);
      }
      Path file =
          name.startsWith("/test/")
              ? TESTS.resolve(name.substring("/test/".length()))
              : SHIPPED.resolve(name.substring("/dashboard/".length()));
      try {
        return new Text(Files.readString(file));
      } catch (IOException e) {
        throw new ModuleException("no " + name);
      }
    }
  }
}
