package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.testkit.TestWorker;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker can reach, and that nothing of the engine's host is among it. */
class GlobalsTest {
  private static final String NAMES =
      """
      AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array
      BigUint64Array Boolean DataView Date DisposableStack Error EvalError FinalizationRegistry
      Float16Array Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array
      Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect
      RegExp Set SharedArrayBuffer String SuppressedError Symbol SyntaxError TypeError URIError
      Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI
      decodeURIComponent encodeURI encodeURIComponent escape eval globalThis isFinite isNaN
      parseFloat parseInt undefined unescape
      AbortController AbortSignal Blob ByteLengthQueuingStrategy Cache CacheStorage
      CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException
      DecompressionStream ErrorEvent Event EventTarget ExtendableEvent FetchEvent File FixedLengthStream
      FormData IdentityTransformStream
      Headers Navigator Performance PromiseRejectionEvent ReadableByteStreamController
      ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest
      ReadableStreamDefaultController ReadableStreamDefaultReader Request Response ScheduledEvent
      Scheduler ServiceWorkerGlobalScope SubtleCrypto TextDecoder TextDecoderStream TextEncoder
      TextEncoderStream TransformStream TransformStreamDefaultController URL URLPattern
      URLSearchParams WebAssembly WorkerGlobalScope WritableStream WritableStreamDefaultController
      WritableStreamDefaultWriter addEventListener atob btoa caches clearInterval clearTimeout
      console crypto dispatchEvent fetch navigator performance queueMicrotask removeEventListener
      reportError scheduler self setInterval setTimeout structuredClone
      """;

  /** Is there when the engine was built with it. */
  private static final String OPTIONAL = "Intl";

  /** With the compatibility flag nodejs_compat. */
  private static final List<String> NODE_NAMES = List.of("Buffer", "process");

  private static final String WALK = ScriptFile.read("globals.js");

  private static TestWorker plain;
  private static TestWorker node;

  @BeforeAll
  static void start() {
    plain = TestWorker.of(WALK).date("2025-01-01").start();
    node = TestWorker.of(WALK).date("2025-01-01").flag("nodejs_compat").start();
  }

  @AfterAll
  static void stop() {
    plain.close();
    node.close();
  }

  private static String ask(TestWorker worker, String path) {
    return worker.get("/" + path).answer().text();
  }

  private static Set<String> namesOf(String text) {
    Set<String> lines = new TreeSet<>(text.lines().toList());
    lines.remove(OPTIONAL);
    return lines;
  }

  @Test
  void definesTheGlobalsOfAWorkerAndNoOther() {
    assertThat(namesOf(ask(plain, "names")))
        .containsExactlyInAnyOrderElementsOf(Set.of(NAMES.trim().split("\\s+")));
  }

  @Test
  void addsOnlyTwoGlobalsForNode() {
    assertThat(namesOf(ask(node, "names")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of(NAMES.trim().split("\\s+")), NODE_NAMES.stream()).toList());
  }

  @Test
  void leadsFromNoGlobalToTheEnginesHost() {
    assertThat(ask(plain, "walk")).startsWith("nothing among ");
  }

  @Test
  void leadsFromNoGlobalToTheEnginesHostWithNodeEither() {
    assertThat(ask(node, "walk")).startsWith("nothing among ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "process",
        "require",
        "Buffer",
        "global",
        "module",
        "exports",
        "__filename",
        "setImmediate",
        "internalBinding",
        "primordials",
        "$whence",
        "GLOBAL",
        "root",
      })
  void knowsNoNameOfNode(String name) {
    assertThat(ask(plain, "type?" + name)).isEqualTo("undefined");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "process.binding",
        "process._linkedBinding",
        "process.dlopen",
        "process.mainModule",
        "process.kill",
        "process.chdir",
        "process._tickCallback",
        "process.constructor.binding",
        "require",
        "global.process.mainModule",
      })
  void givesTheNodeProcessNoPower(String path) {
    assertThat(ask(node, "member?" + path)).isEqualTo("undefined");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node:fs",
        "fs",
        "node:child_process",
        "child_process",
        "node:vm",
        "node:worker_threads",
        "node:module",
        "node:net",
        "node:http",
        "node:v8",
        "node:inspector",
        "node:repl",
        "node:cluster",
        "node:sqlite",
        "internal/bootstrap/realm",
        "node:internal/util",
        "whence:core/main.js",
        "whence:core/primordials.js",
        "data:text/javascript,export default 1",
        "file:///etc/passwd",
        "http://up.test/x.js",
        "blob:nodedata:1",
        "../../x.js",
        "/etc/passwd",
        "..%2f..%2fx.js",
      })
  void refusesToImportWhatIsNoModuleOfTheWorker(String specifier) {
    for (TestWorker worker : List.of(plain, node)) {
      assertThat(worker.post("/import", specifier).answer().text()).startsWith("refused: ");
    }
  }

  @Test
  void importsItsOwnModule() {
    assertThat(plain.post("/import", "./worker.js").answer().text()).isEqualTo("imported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval",
        "indirectEval",
        "function",
        "asyncFunction",
        "generatorFunction",
        "asyncGeneratorFunction",
        "reflectConstruct",
      })
  void refusesCodeFromStrings(String way) {
    for (TestWorker worker : List.of(plain, node)) {
      assertThat(ask(worker, "code?" + way))
          .isEqualTo("EvalError: Code generation from strings disallowed for this context");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "abort"})
  void doesNotEndTheProcess(String way) {
    assertThat(ask(node, "code?" + way))
        .isEqualTo("Error: process.%s() is not implemented".formatted(way));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stringTimeout", "stringInterval", "atomicsWait"})
  void refusesOtherWaysToRunOrToBlock(String way) {
    for (TestWorker worker : List.of(plain, node)) {
      assertThat(ask(worker, "code?" + way)).startsWith("TypeError: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasmModule", "wasmCompile", "wasmInstantiate", "wasmStreaming"})
  void refusesWebAssemblyFromBytes(String way) {
    for (TestWorker worker : List.of(plain, node)) {
      assertThat(ask(worker, "code?" + way)).startsWith("CompileError: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"buffer", "bufferFrom", "bufferOfBase64", "allocUnsafe"})
  void sharesNoMemoryBetweenBuffers(String way) {
    assertThat(ask(node, "code?" + way)).isEqualTo("own and zeroed");
  }
}
