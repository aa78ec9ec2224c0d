package dev.whence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class V8IsolateTest {
  private V8Isolate isolate;

  @BeforeAll
  static void limitTheHeap() {
    NativeLibrary.setHeapLimit(64);
  }

  @BeforeEach
  void start() throws JsException {
    isolate = new V8Isolate();
  }

  @AfterEach
  void stop() {
    isolate.close();
  }

  /** Modules by name; a specifier is a name. */
  private JsObject evaluate(Map<String, String> modules) throws JsException {
    isolate.setModuleLoader(
        new ModuleLoader() {
          @Override
          public String resolve(String specifier, @Nullable String referrer)
              throws ModuleException {
            if (!modules.containsKey(specifier)) {
              throw new ModuleException("no module " + specifier + " for " + referrer);
            }
            return specifier;
          }

          @Override
          public Source load(String name) {
            return new Text(Objects.requireNonNull(modules.get(name)));
          }
        });
    return isolate.evaluateModule("main.js", null);
  }

  private JsFunction function(String text) throws JsException {
    return isolate.function(evaluate(Map.of("main.js", "export const f = " + text)), "f");
  }

  @Test
  void evaluatesModulesAndCallsTheirFunctions() throws JsException {
    JsObject main =
        evaluate(
            Map.of(
                "main.js", "import { b } from 'b.js'; export const f = (x) => x + b;",
                "b.js", "export const b = await Promise.resolve('!');"));

    assertThat(isolate.function(main, "f").call("hé\uD83D\uDE00")).isEqualTo("hé\uD83D\uDE00!");
  }

  @Test
  void saysWhereATextIsNoValidJavaScript() {
    assertThatThrownBy(() -> evaluate(Map.of("main.js", "let a = 1;\nlet = b c;")))
        .isInstanceOfSatisfying(
            JsException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(JsException.Kind.COMPILATION);
              assertThat(e.file()).isEqualTo("main.js");
              assertThat(e.line()).isEqualTo(2);
            });
  }

  @Test
  void saysWhichImportIsMissing() {
    assertThatThrownBy(() -> evaluate(Map.of("main.js", "import 'nowhere.js';")))
        .hasMessage("no module nowhere.js for main.js");
  }

  @Test
  void saysWhatTopLevelCodeThrew() {
    assertThatThrownBy(() -> evaluate(Map.of("main.js", "null.x")))
        .isInstanceOfSatisfying(
            JsException.class,
            e -> {
              assertThat(e).hasMessageContaining("Cannot read properties of null");
              assertThat(e.jsStack()).contains("main.js:1:6");
            });
  }

  @Test
  void reportsTopLevelAwaitThatCanNeverEnd() {
    assertThatThrownBy(() -> evaluate(Map.of("main.js", "await new Promise(() => {});")))
        .hasMessageContaining("top-level await in main.js");
  }

  @Test
  void survivesAStrayRejection() throws JsException {
    JsFunction f = function("() => { Promise.reject(new Error('stray')); return 'alive' }");

    assertThat(f.call("")).isEqualTo("alive");
    isolate.drain();
    isolate.poll();
    assertThat(f.call("")).isEqualTo("alive");
  }

  @Test
  void refusesCodeFromStringsOnceForbidden() throws JsException {
    JsFunction f =
        function("() => { try { return String(eval('1+1')) } catch (e) { return String(e) } }");
    isolate.forbidCodeFromStrings();

    assertThat(f.call(""))
        .isEqualTo("EvalError: Code generation from strings disallowed for this context");
  }

  @Test
  void endsARunawayLoopAndLivesOn() throws JsException {
    JsFunction loop = function("(x) => { while (x) {} return 'done' }");
    Thread terminator =
        new Thread(
            () -> {
              long end = System.nanoTime() + 50_000_000;
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              isolate.terminate();
            });
    terminator.start();

    assertThatThrownBy(() -> loop.call("forever"))
        .isInstanceOfSatisfying(
            JsException.class, e -> assertThat(e.kind()).isEqualTo(JsException.Kind.TERMINATED));
    isolate.cancelTermination();
    assertThat(loop.call("")).isEqualTo("done");
  }

  @Test
  void survivesAHeapBomb() throws JsException {
    JsFunction bomb =
        function(
            "(x) => { const kept = []; while (x) kept.push(new Array(1000).fill(x)); return 'ok' }");

    assertThatThrownBy(() -> bomb.call("boom")).isInstanceOf(JsException.class);
    assertThat(isolate.takeHeapExhausted()).isTrue();
    assertThat(isolate.takeHeapExhausted()).isFalse();
    isolate.cancelTermination();
    assertThat(bomb.call("")).isEqualTo("ok");
  }

  @Test
  void sharesMemoryBothWays() throws JsException {
    V8Isolate.SharedMemory memory = isolate.newSharedMemory(16);
    JsFunction f = function("(b) => { const a = new Float64Array(b); a[1] = a[0] * 2; }");
    memory.bytes().order(ByteOrder.nativeOrder()).putDouble(0, 21.5);

    f.callObject(memory.arrayBuffer());

    assertThat(memory.bytes().getDouble(8)).isEqualTo(43.0);
  }

  @Test
  void tellsAPendingPromiseFromASettledOne() throws JsException {
    JsFunction f =
        function(
            "(isPending) => ({ text: [new Promise(() => {}), Promise.resolve(), Promise.reject(1), 5]"
                + ".map((p) => (p.catch?.(() => {}), isPending(p))).join() })");

    JsObject result = f.callObject(isolate.newPendingPredicate());

    assertThat(isolate.text(Objects.requireNonNull(result), "text"))
        .isEqualTo("true,false,false,false");
  }

  @Test
  void throwsTheHostsFailureInJavaScript() throws JsException {
    JsFunction f =
        function(
            "(host) => ({ text: (() => { try { host('a', 'b') } catch (e) { return e.message } })() })");
    JsFunction host =
        isolate.newObjectCallback(
            "host",
            (first, second) -> {
              throw new JsException(
                  JsException.Kind.EXECUTION, "no " + first + second, null, 0, 0, null);
            });

    assertThat(isolate.text(Objects.requireNonNull(f.callObject(host)), "text")).contains("no ab");
  }
}
