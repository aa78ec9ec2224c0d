package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Outcome;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Objects that belong to a request: workers-semantics.md, section 6.
 *
 * <p>A request to {@code /maker} stores an object; with a body it stays alive until that comes.
 */
class RequestBoundObjectsTest {
  private static final String DATE = "2025-01-01";

  private record Pair(String make, String use) {}

  /** One worker for many objects: request {@code /make/N} and {@code /use/N}. */
  private static TestWorker sharing(List<Pair> pairs) {
    StringBuilder makers = new StringBuilder();
    StringBuilder users = new StringBuilder();
    for (Pair pair : pairs) {
      makers.append("async (request, env, ctx) => { ").append(pair.make).append(" },\n");
      users.append("async (made) => { ").append(pair.use).append(" },\n");
    }
    return TestWorker.of(
            """
            const made = [];
            const makers = [%s];
            const users = [%s];
            export default { async fetch(request, env, ctx) {
              const [, what, index] = new URL(request.url).pathname.split('/');
              if (what === 'alive') {
                await fetch('http://up.test/echo');
                return new Response('alive');
              }
              if (what === 'make') {
                const held = fetch('http://up.test/never');
                made[index] = await makers[index](request, env, ctx);
                if (new URL(request.url).pathname.endsWith('/stay')) await held;
                return new Response('made');
              }
              let result;
              try { result = await users[index](made[index]); }
              catch (error) { result = `${error.name}: ${error.message}`; }
              return new Response(String(result));
            } };
            """
                .formatted(makers, users))
        .date(DATE)
        .start();
  }

  private static final List<Pair> BOUND_BODIES =
      List.of(
          new Pair("return await fetch('http://up.test/echo');", "return await made.text();"),
          new Pair("return await fetch('http://up.test/echo');", "return await made.json();"),
          new Pair(
              "return (await fetch('http://up.test/echo')).body.getReader();",
              "return await made.read();"),
          new Pair(
              "return (await fetch('http://up.test/echo')).body;",
              "return await made.getReader().read();"),
          new Pair(
              "return await fetch('http://up.test/echo');", "return await made.clone().text();"),
          new Pair("return request;", "return await made.text();"),
          new Pair("return request;", "return await made.arrayBuffer();"),
          new Pair("return new Response('text');", "return await made.text();"));

  @ParameterizedTest
  @ValueSource(strings = {"/stay", "/leave"})
  @DisplayName("6.1, 6.2 a body used by another request is XREQ, its owner alive or gone")
  void refusesBodiesOfOtherRequests(String end) {
    try (TestWorker worker = sharing(BOUND_BODIES)) {
      for (int i = 0; i < BOUND_BODIES.size(); i++) {
        TestClient maker = worker.send(new HeldBody().to("/make/" + i + end));
        begun(worker, maker, "/make/" + i + end);

        assertThat(worker.get("/use/" + i).answer().text())
            .as(BOUND_BODIES.get(i).toString())
            .isEqualTo("Error: " + Texts.crossRequest("ReadableStreamSource>"));
        Check.ok(worker.trace("/use/" + i));
        maker.disconnect();
      }
    }
  }

  /** Waits until the maker has answered, or until its echo has come. */
  private static void begun(TestWorker worker, TestClient maker, String path) {
    if (path.endsWith("/leave")) {
      Check.answered(maker, "made");
      worker.trace(path);
      return;
    }
    // Asked for after the maker's echo, so that one has come when this has.
    Check.answered(worker.get("/alive"), "alive");
  }

  private static final List<Pair> UNBOUND =
      List.of(
          new Pair("return new Headers({ a: 'b' });", "made.set('c', 'd'); return made.get('a');"),
          new Pair("return new URL('http://a.test/b');", "return made.pathname.slice(1);"),
          new Pair("return request;", "return made.method === 'POST' && 'b';"),
          new Pair("return new Headers(request.headers);", "return made.get('x') ?? 'b';"),
          new Pair(
              "return await fetch('http://up.test/echo');",
              "return made.headers.get('content-type') === 'text/plain' && made.ok && 'b';"),
          new Pair("return new Response(null);", "return (await made.text()) === '' && 'b';"),
          new Pair("return new Request('http://a.test');", "return (await made.text()) + 'b';"),
          new Pair("return new Blob(['b']);", "return await made.text();"),
          new Pair(
              "const form = new FormData(); form.set('a', 'b'); return form;",
              "return made.get('a');"),
          new Pair(
              "return await crypto.subtle.importKey('raw', new Uint8Array(32),"
                  + " { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);",
              "return (await crypto.subtle.sign('HMAC', made, new Uint8Array(1))).byteLength === 32"
                  + " && 'b';"),
          new Pair(
              "return new ReadableStream({ pull(c) { c.enqueue('b'); c.close(); } },"
                  + " { highWaterMark: 0 });",
              "return (await made.getReader().read()).value;"),
          new Pair(
              "return new TransformStream();",
              "made.writable.getWriter().write('b');"
                  + " return (await made.readable.getReader().read()).value;"),
          new Pair("return env;", "return made.NAME;"),
          new Pair("return new AbortController();", "made.abort('b'); return made.signal.reason;"),
          new Pair("return request.signal;", "return made.aborted === false && 'b';"),
          new Pair("return ctx;", "made.waitUntil(Promise.resolve()); return 'b';"));

  @Test
  @DisplayName("6.3 what is not bound may be used by other requests")
  void staysSilentForUnboundObjects() {
    try (TestWorker worker = sharing(UNBOUND)) {
      for (int i = 0; i < UNBOUND.size(); i++) {
        Check.answered(worker.post("/make/" + i, "body"), "made");
        String expected = UNBOUND.get(i).make.equals("return env;") ? "undefined" : "b";

        assertThat(worker.get("/use/" + i).answer().text())
            .as(UNBOUND.get(i).toString())
            .isEqualTo(expected);
        Check.ok(worker.trace("/use/" + i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return new IdentityTransformStream();",
        "return new CompressionStream('gzip');",
      })
  @DisplayName("6.2 the ends of native transforms are bound")
  void refusesNativeTransformsOfOtherRequests(String make) {
    Pair pair = new Pair(make, "return await made.writable.getWriter().write(new Uint8Array(1));");
    try (TestWorker worker = sharing(List.of(pair))) {
      Check.answered(worker.post("/make/0", ""), "made");

      Check.answered(worker.get("/use/0"), "Error: " + Texts.crossRequest("Writable"));
    }
  }

  @Test
  @DisplayName("6.4 waitUntil acts on the current request, whichever ctx object is used")
  void waitUntilActsOnTheCurrentRequest() {
    try (TestWorker worker =
        TestWorker.of(
                """
                let stored;
                export default { async fetch(request, env, ctx) {
                  if (request.url.endsWith('/maker')) {
                    stored = ctx;
                    return new Response('made');
                  }
                  stored.waitUntil(scheduler.wait(1).then(() => console.log('waited')));
                  return new Response('used');
                } };
                """)
            .date(DATE)
            .start()) {
      Check.answered(worker.get("/maker"), "made");
      worker.trace("/maker");
      Check.answered(worker.get("/user"), "used");

      Check.ok(worker.trace("/user"));
      assertThat(Check.logs(worker.trace("/user"))).containsExactly("[\"waited\"]");
    }
  }

  /** The first request stores a Response and returns another one; the others return the stored. */
  private static TestWorker storing(String response) {
    return TestWorker.of(
            """
            let stored;
            export default { async fetch(request) {
              if (stored !== undefined) return stored;
              stored = %s;
              return new Response('stored');
            } };
            """
                .formatted(response))
        .date(DATE)
        .start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"await fetch('http://up.test/echo')", "new Response('text')"})
  @DisplayName("6.5 returning a stored Response with a bound body: 500 and XREQ")
  void refusesAStoredResponse(String response) {
    try (TestWorker worker = storing(response)) {
      Check.answered(worker.get("/maker"), "stored");

      String message = "Error: " + Texts.crossRequest("ReadableStreamSource>");
      Check.failed(worker.get("/user"), message);
      assertThat(worker.trace("/user").outcome()).isEqualTo(Outcome.EXCEPTION);
      assertThat(Check.exceptions(worker.trace("/user"))).containsExactly(message);
    }
  }

  @Test
  @DisplayName("6.5 a stored Response with a body made in JavaScript works once, then it is used")
  void servesAStoredStreamOnce() {
    try (TestWorker worker =
        storing(
            "new Response(new ReadableStream({ pull(c) {"
                + " c.enqueue(new TextEncoder().encode('js')); c.close(); } }))")) {
      Check.answered(worker.get("/maker"), "stored");
      Check.answered(worker.get("/first"), "js");

      Check.failed(worker.get("/second"), "TypeError: " + Texts.BODY_USED);
      assertThat(worker.trace("/second").outcome()).isEqualTo(Outcome.EXCEPTION);
    }
  }

  @Test
  @DisplayName("6.5 a stored Response without a body works for all")
  void servesAStoredResponseWithoutBody() {
    try (TestWorker worker = storing("new Response(null, { status: 204 })")) {
      Check.answered(worker.get("/maker"), "stored");

      assertThat(worker.get("/first").answer().status()).isEqualTo(204);
      assertThat(worker.get("/second").answer().status()).isEqualTo(204);
    }
  }

  @Test
  @DisplayName("6.6 clearing another request's timer does nothing")
  void ignoresTimersOfOtherRequests() {
    try (TestWorker worker =
        TestWorker.of(
                """
                let id;
                export default { async fetch(request) {
                  if (request.body === null) {
                    clearTimeout(id);
                    clearInterval(id);
                    return new Response('cleared');
                  }
                  const fired = new Promise((done) => id = setTimeout(done, 20, 'fired'));
                  await request.text();
                  return new Response(await fired);
                } };
                """)
            .date(DATE)
            .start()) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      Check.answered(worker.get("/other"), "cleared");
      body.release();

      Check.answered(owner, "fired");
    }
  }
}
