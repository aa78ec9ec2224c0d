package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Workers that replace built-ins. Plain requests are served all the same, and the runtime does not
 * even call what was put in place: it would hand its own objects to the worker.
 */
class PatchedBuiltInsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "method(Array.prototype, Symbol.iterator)",
        "methods(Array.prototype, 'push', 'pop', 'shift', 'slice', 'splice', 'map', 'forEach')",
        "methods(Array.prototype, 'join', 'concat', 'includes', 'indexOf', 'filter', 'sort')",
        "method(Object.getPrototypeOf(Uint8Array.prototype), Symbol.iterator)",
        "methods(Object.getPrototypeOf(Uint8Array.prototype), 'set', 'subarray', 'slice', 'fill')",
        "method(Promise.prototype, 'then')",
        "methods(Promise.prototype, 'catch', 'finally')",
        "methods(Promise, 'resolve', 'reject', 'all', 'withResolvers', Symbol.species)",
        "getter(Promise.prototype, 'constructor')",
        "getter(Array.prototype, 'constructor')",
        "getter(Promise, Symbol.species)",
        "getter(Array, Symbol.species)",
        "method(globalThis, 'Promise')",
        "methods(Function.prototype, 'call', 'apply', 'bind', 'toString')",
        "method(Function.prototype, Symbol.hasInstance)",
        "methods(Reflect, 'apply', 'construct', 'get', 'ownKeys', 'defineProperty')",
        "methods(Object, 'defineProperty', 'keys', 'entries', 'assign', 'create', 'freeze')",
        "methods(Map.prototype, 'get', 'set', 'has', 'delete', 'forEach', Symbol.iterator)",
        "methods(Set.prototype, 'add', 'has', 'delete', 'forEach', Symbol.iterator)",
        "methods(WeakMap.prototype, 'get', 'set', 'has', 'delete')",
        "methods(String.prototype, 'split', 'replace', 'replaceAll', 'includes', 'startsWith')",
        "methods(String.prototype, 'toLowerCase', 'trim', 'slice', 'charCodeAt', 'isWellFormed')",
        "methods(RegExp.prototype, 'exec', 'test', Symbol.replace, Symbol.split, Symbol.match)",
        "methods(Number.prototype, 'toString', 'valueOf')",
        "methods(JSON, 'stringify', 'parse')",
        "methods(Error, 'captureStackTrace')",
        "methods(Date, 'now')",
        "methods(Math, 'min', 'max', 'floor', 'random')",
        "methods(TextEncoder.prototype, 'encode', 'encodeInto')",
        "methods(TextDecoder.prototype, 'decode')",
        "methods(Headers.prototype, 'get', 'set', 'append', 'entries', Symbol.iterator)",
        "getters(Response.prototype, 'status', 'headers', 'body', 'statusText', 'ok')",
        "getters(Request.prototype, 'url', 'method', 'headers', 'body', 'signal')",
        "methods(globalThis, 'Response', 'Request', 'Headers', 'ReadableStream', 'URL')",
        "methods(globalThis, 'queueMicrotask', 'setTimeout', 'console', 'structuredClone')",
        "getters(Object.prototype, 'status', 'headers', 'signal', 'body', 'statusText', 'get')",
        "getters(Object.prototype, 'value', 'writable', 'configurable', 'enumerable', 'set')",
        "getters(Object.prototype, 'context', 'frame', 'locals', 'id', 'ended', 'owner')",
        "getters(Object.prototype, '0', '1', '2', 'length')",
        "getter(Object.prototype, 'toJSON')",
        "methods(Object.prototype, 'toString', 'valueOf', 'hasOwnProperty')",
        "methods(AbortController.prototype, 'abort')",
        "methods(EventTarget.prototype, 'addEventListener', 'dispatchEvent')",
        "methods(Object.getPrototypeOf(async function* () {}).prototype, 'next', 'return')",
      })
  void servesPlainRequestsWithoutCallingWhatWasReplaced(String patch) {
    String script = ScriptFile.read("patched.js").replace("PATCH", patch);
    check(TestWorker.of(script).date("2025-01-01"));
    check(TestWorker.of(script).date("2025-01-01").explained());
  }

  private static void check(TestWorker.Builder builder) {
    try (TestWorker worker = builder.start()) {
      assertThat(worker.get("/untouched").answer().text()).isEqualTo("0");
      assertThat(worker.get("/patch").answer().text()).isEqualTo("patched");
      for (int i = 0; i < 2; i++) {
        TestClient.Answer answer =
            worker.send("GET", "/plain" + i, List.of("x-asked", "yes"), null).answer();
        assertThat(answer.text()).isEqualTo("plain");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("x-answered")).isEqualTo("yes");
        assertThat(worker.trace("/plain" + i))
            .returns(Outcome.OK, TraceItem::outcome)
            .extracting(item -> item.logs().get(0).messageJson())
            .isEqualTo("[\"plain\",1]");
        assertThat(worker.get("/awaited" + i).answer().text()).isEqualTo("awaited");
        assertThat(worker.get("/throws" + i).answer().status()).isEqualTo(500);
        assertThat(worker.get("/hangs" + i).answer().status()).isEqualTo(500);
      }
      TestClient.Answer calls = worker.get("/calls").answer();

      assertThat(calls.text()).isEqualTo("0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "method(Array.prototype, Symbol.iterator)",
        "method(Promise.prototype, 'then')",
        "methods(Function.prototype, 'call', 'apply', 'bind')",
        "methods(Map.prototype, 'get', 'set', 'has')",
        "methods(String.prototype, 'split', 'replace', 'toLowerCase', 'includes')",
        "methods(Reflect, 'apply', 'construct')",
        "getters(Object.prototype, 'status', 'headers', 'signal', 'body', 'get', 'value')",
      })
  void keepsStreamsAndSubrequestsGoing(String patch) {
    String script = ScriptFile.read("patched.js").replace("PATCH", patch);
    try (TestWorker worker = TestWorker.of(script).date("2025-01-01").start()) {
      worker.get("/patch").answer();

      assertThat(worker.get("/subrequest").answer().text()).isEqualTo("GET /now ");
      assertThat(worker.post("/echo", "sent").answer().text()).isEqualTo("sent");
      assertThat(worker.post("/text", "sent").answer().text()).isEqualTo("sent");
      assertThat(worker.get("/passed").answer().text()).isEqualTo("GET /now ");
      assertThat(worker.get("/calls").answer().text()).isEqualTo("0");
    }
  }
}
