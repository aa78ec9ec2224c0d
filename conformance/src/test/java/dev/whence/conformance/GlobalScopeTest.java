package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.runtime.WorkerStartException;
import dev.whence.testkit.TestWorker;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** No input or output in global scope: workers-semantics.md, section 7. */
class GlobalScopeTest {

  /** Runs each expression in global scope and again in a handler; answers with one line each. */
  private static List<String> results(String path, List<String> expressions) {
    StringBuilder tries = new StringBuilder();
    for (String expression : expressions) {
      tries.append("() => ").append(expression).append(",\n");
    }
    String script =
        """
        const tries = [%s];
        const attempt = (run) => {
          try {
            const result = run();
            if (!(result instanceof Promise)) return 'fine';
            return result.then(() => 'fine', (error) => `rejected ${error.name}: ${error.message}`);
          } catch (error) {
            return `thrown ${error.name}: ${error.message}`;
          }
        };
        const global = [];
        for (const run of tries) global.push(await attempt(run));
        export default { async fetch(request) {
          if (request.url.endsWith('/global')) return new Response(global.join('\\n'));
          const inside = [];
          for (const run of tries) inside.push(await attempt(run));
          return new Response(inside.join('\\n'));
        } };
        """
            .formatted(tries);
    try (TestWorker worker = TestWorker.of(script).date("2025-01-01").start()) {
      return worker.get(path).answer().text().lines().toList();
    }
  }

  private static final List<String> THROWING =
      List.of(
          "setTimeout(() => {}, 0)",
          "setInterval(() => {}, 1000)",
          "clearTimeout(1)",
          "clearInterval(1)",
          "crypto.randomUUID()",
          "crypto.getRandomValues(new Uint8Array(1))",
          "AbortSignal.timeout(1)",
          "new Response('text')",
          "new IdentityTransformStream()",
          "new CompressionStream('gzip')");

  private static final List<String> REJECTING =
      List.of(
          "fetch('http://up.test/echo')",
          "caches.default.match('http://up.test/echo')",
          "scheduler.wait(0)",
          "crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt'])");

  private static final List<String> ALLOWED =
      List.of(
          "new Request('http://a.test')",
          "new Headers()",
          "new URL('http://a.test')",
          "new Blob(['x'])",
          "new AbortController()",
          "new ReadableStream()",
          "new TransformStream()",
          "AbortSignal.abort()",
          "crypto.subtle.digest('SHA-256', new Uint8Array(1))",
          "Math.random()",
          "queueMicrotask(() => {})",
          "structuredClone({})",
          "clearTimeout(undefined)",
          "console.log('not traced')",
          "reportError(new Error('reported'))",
          "caches.default");

  @Test
  @DisplayName("7.1 these throw in global scope")
  void throwsWhatDoesInputOrOutput() {
    assertThat(results("/global", THROWING))
        .hasSameSizeAs(THROWING)
        .containsOnly("thrown Error: " + Texts.GLOBAL);
  }

  @Test
  @DisplayName("7.1 these return a promise, which is rejected in global scope")
  void rejectsWhatReturnsAPromise() {
    assertThat(results("/global", REJECTING))
        .hasSameSizeAs(REJECTING)
        .containsOnly("rejected Error: " + Texts.GLOBAL);
  }

  @Test
  @DisplayName("7.2 these are allowed in global scope")
  void allowsWhatDoesNone() {
    assertThat(results("/global", ALLOWED)).hasSameSizeAs(ALLOWED).containsOnly("fine");
  }

  @Test
  @DisplayName("7.1 all of them are allowed in a handler")
  void staysSilentInAHandler() {
    assertThat(results("/handler", THROWING)).hasSameSizeAs(THROWING).containsOnly("fine");
    assertThat(results("/handler", REJECTING)).hasSameSizeAs(REJECTING).containsOnly("fine");
    assertThat(results("/handler", ALLOWED)).hasSameSizeAs(ALLOWED).containsOnly("fine");
  }

  @Test
  @DisplayName("7.2 a top-level await of a digest gives its value; one that nothing settles fails")
  void waitsForNativeWorkAtStartUp() {
    try (TestWorker worker =
        TestWorker.of(
                """
                const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(1 << 16));
                export default { fetch: () => new Response(String(digest.byteLength)) };
                """)
            .start()) {
      Check.answered(worker.get("/"), "32");
    }
    assertThatThrownBy(() -> TestWorker.of("await new Promise(() => {});").tryStart())
        .isInstanceOf(WorkerStartException.class)
        .hasMessageContaining("top-level await in worker.js waits for a promise that nothing");
  }

  @Test
  @DisplayName("7.3 the clock is 0 in global scope, and runs in a handler")
  void showsNoTimeInGlobalScope() {
    try (TestWorker worker =
        TestWorker.of(
                """
                const global = [Date.now(), performance.now(), new Date().getTime()];
                export default { fetch: () => new Response(
                  global.join() + ' ' + (Date.now() > 1.6e12) + ' ' + (performance.now() > 1.6e12)) };
                """)
            .start()) {
      Check.answered(worker.get("/"), "0,0,0 true true");
    }
  }
}
