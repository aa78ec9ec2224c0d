package dev.whence.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.engine.Inspection;
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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the unit tests that are written in JavaScript, in the real engine: each file of {@code
 * src/test/js} in an isolate of its own, each exported function as a test.
 */
class JavaScriptUnitTest {
  private static final Path ROOT = Path.of("src", "test", "js");
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  /** Loaded before the tests, which may replace the globals that it uses. */
  private static final String DRIVER =
      """
      const then = Promise.prototype.then;
      const call = Function.prototype.call.bind(Function.prototype.call);
      const { keys } = Object;
      let tests = {};
      let result = '';
      export function names(namespace) {
        tests = namespace;
        let text = '';
        const found = keys(namespace);
        for (let i = 0; i < found.length; i++) text += (i === 0 ? '' : '\\n') + found[i];
        return { text };
      }
      const failed = (e) => { result = 'failed: ' + (e && e.stack || e); };
      export function start(name) {
        result = '';
        try {
          const outcome = tests[name]();
          if (outcome === undefined) result = 'passed';
          else call(then, outcome, () => { result = 'passed'; }, failed);
        } catch (e) {
          failed(e);
        }
      }
      export function state() {
        return result;
      }
      """;

  @TestFactory
  Stream<DynamicNode> javaScript() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(ROOT)) {
      files = walk.filter(file -> file.toString().endsWith(".test.js")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(15);
    return files.stream().map(JavaScriptUnitTest::run);
  }

  private static DynamicNode run(Path file) {
    String name = ROOT.relativize(file).toString().replace('\\', '/');
    try (V8Isolate isolate = new V8Isolate()) {
      isolate.setModuleLoader(new TestModules());
      JsObject host = isolate.newObject();
      isolate.set(host, "acorn", isolate.newTextCallback("acorn", any -> BuiltInModules.acorn()));
      isolate.set(host, "isPending", isolate.newPendingPredicate());
      Inspection inspection = isolate.newInspection();
      isolate.set(host, "inspect", inspection.inspect());
      isolate.set(host, "modules", inspection.modules());
      isolate.set(isolate.global(), "testHost", host);
      JsObject driver = isolate.evaluateModule("driver", null);
      JsObject tests = isolate.evaluateModule("test:" + name, null);
      JsObject names =
          Objects.requireNonNull(isolate.function(driver, "names").callObject(tests), "names");
      List<DynamicTest> results =
          isolate.text(names, "text").lines().map(test -> outcome(isolate, driver, test)).toList();
      return DynamicContainer.dynamicContainer(name, results);
    } catch (JsException e) {
      return DynamicTest.dynamicTest(
          name,
          () -> {
            throw new AssertionError(e.getMessage() + "\n" + e.jsStack(), e);
          });
    }
  }

  /** Runs the test now, while its isolate lives, and reports it when JUnit asks. */
  private static DynamicTest outcome(V8Isolate isolate, JsObject driver, String test) {
    String result;
    try {
      result = await(isolate, driver, test);
    } catch (JsException e) {
      result = "failed: " + e.getMessage() + "\n" + e.jsStack();
    }
    String state = result;
    return DynamicTest.dynamicTest(test, () -> assertThat(state).isEqualTo("passed"));
  }

  private static String await(V8Isolate isolate, JsObject driver, String test) throws JsException {
    isolate.function(driver, "start").call(test);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      isolate.drain();
      String state = isolate.function(driver, "state").call("");
      if (state != null && !state.isEmpty()) {
        return state;
      }
      isolate.poll();
      LockSupport.parkNanos(50_000);
    }
    return "failed: never ended";
  }

  /** {@code whence/…} is what ships; {@code test:…} are the tests and what they share. */
  private static final class TestModules implements ModuleLoader {
    @Override
    public String resolve(String specifier, @Nullable String referrer) {
      if (specifier.startsWith("whence/")) {
        return "whence:" + specifier.substring("whence/".length());
      }
      if (referrer == null || !specifier.startsWith(".")) {
        return specifier;
      }
      if (BuiltInModules.isBuiltIn(referrer)) {
        return BuiltInModules.resolve(specifier, referrer);
      }
      String path = "/" + referrer.substring("test:".length());
      return "test:" + URI.create(path).resolve(specifier).getPath().substring(1);
    }

    @Override
    public Source load(String name) throws ModuleException {
      if (name.equals("driver")) {
        return new Text(DRIVER);
      }
      if (BuiltInModules.isBuiltIn(name)) {
        return new Text(BuiltInModules.text(name));
      }
      try {
        return new Text(Files.readString(ROOT.resolve(name.substring("test:".length()))));
      } catch (IOException e) {
        throw new ModuleException("no " + name);
      }
    }
  }
}
