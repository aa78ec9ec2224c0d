package dev.whence.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.conformance.e2e.HttpConnection.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code whence dev} while people work with it. */
@Timeout(120)
class DevServerTest {
  @TempDir Path folder;

  @Test
  void reloadsWithoutDroppingARequestInFlight() throws Exception {
    try (Upstream upstream = Upstream.start().holding("/held", "text/plain", "held")) {
      Path script = write("worker.js", asking(upstream.url("/held"), "one"));
      try (WhenceProcess whence = WhenceProcess.dev(script);
          HttpConnection old = whence.connect();
          HttpConnection idle = whence.connect()) {
        assertThat(idle.get("/now").body()).isEqualTo("one");
        old.send("GET", "/held");
        upstream.awaitRequests(1);
        write("worker.js", asking(upstream.url("/held"), "two"));
        whence.awaitError("Reloaded in ");

        assertThat(idle.get("/now").body()).isEqualTo("two");
        assertThat(whence.traces(2)).hasSize(2);
        upstream.release();
        assertThat(old.answer().body()).isEqualTo("one held");
        assertThat(old.get("/now").body()).isEqualTo("two");
        assertThat(whence.traces(4)).allSatisfy(DevServerTest::ok);
      }
    }
  }

  @Test
  void tellsWhereASyntaxErrorIsAndRecovers() throws Exception {
    Path script = write("worker.js", answering("one"));
    write("part.js", "export const part = 1;\n");
    try (WhenceProcess whence = WhenceProcess.dev(script);
        HttpConnection client = whence.connect()) {
      assertThat(client.get("/").body()).isEqualTo("one");

      write("worker.js", "import { part } from './part.js';\n" + answering("two"));
      whence.awaitError("Reloaded in ");
      write("part.js", "// fine\nexport const part = (1;\n");
      whence.awaitError("> 2 | export const part = (1;");
      assertThat(whence.errors())
          .containsPattern("SyntaxError: .*\n    at part\\.js:2:23\n\n")
          .contains(
              "\n  1 | // fine\n> 2 | export const part = (1;\n    |                       ^\n");
      Answer broken = client.get("/");
      assertThat(broken.status()).isEqualTo(500);
      assertThat(broken.body()).contains("SyntaxError", "part.js:2:23", "> 2 | export");

      write("part.js", "export const part = 2;\n");
      whence.awaitError("Reloaded in ", 2);
      assertThat(client.get("/").body()).isEqualTo("two");
      assertThat(whence.stop()).isZero();
    }
  }

  @Test
  void waitsForAChangeWhenTheScriptIsBrokenFromTheStart() throws Exception {
    Path script = write("worker.js", "export default {\n  fetch() { return new Response(' }\n};\n");
    try (WhenceProcess whence = WhenceProcess.starting(script)) {
      whence.awaitError("Waiting for a change.");
      assertThat(whence.errors())
          .contains("at worker.js:2:33", "> 2 | ")
          .doesNotContain("Ready on");
      write("worker.js", answering("mended"));

      try (HttpConnection client = whence.connect()) {
        assertThat(client.get("/").body()).isEqualTo("mended");
      }
    }
  }

  @Test
  void runsTypeScriptAndTellsItsPlaces() throws Exception {
    Path script =
        write(
            "worker.ts",
            """
            import { text } from './text';
            type Handler = { fetch(request: Request): Response };

            export default {
              fetch(request: Request): Response {
                if (request.url.endsWith('/fail')) throw new TypeError('here');
                return new Response(text satisfies string);
              },
            } as Handler;
            """);
    write("text.ts", "export const text: string = 'typed';\n");
    try (WhenceProcess whence = WhenceProcess.dev(script);
        HttpConnection client = whence.connect()) {
      assertThat(client.get("/").body()).isEqualTo("typed");
      assertThat(client.get("/fail").status()).isEqualTo(500);
      TraceLine failure = whence.traces(2).get(1);
      assertThat(failure.exceptions()).containsExactly("TypeError: here");
      assertThat(failure.json().path("exceptions").path(0).path("stack").asText())
          .contains("worker.ts:6:");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "wrangler.toml,staging",
    "wrangler.jsonc,staging",
    "wrangler.toml,",
    "wrangler.jsonc,"
  })
  void readsTheConfigurationOfAProject(String name, String environment) throws Exception {
    write(
        "src/worker.js",
        """
        export default {
          fetch: (request, { WHO, LIST, SECRET, GIVEN }) =>
            Response.json({ WHO, LIST, SECRET, GIVEN }),
        };
        """);
    write(name, name.endsWith(".toml") ? TOML : JSONC);
    write(".dev.vars", "SECRET=\"from file\"\nGIVEN=file\n");
    String[] options =
        environment == null
            ? new String[] {"--var", "GIVEN=option"}
            : new String[] {"--var", "GIVEN=option", "--env", environment};
    try (WhenceProcess whence = WhenceProcess.dev(folder, options);
        HttpConnection client = whence.connect()) {
      assertThat(client.get("/").body())
          .isEqualTo(
              environment == null
                  ? "{\"WHO\":\"all\",\"LIST\":[1,\"two\"],\"SECRET\":\"from file\",\"GIVEN\":\"option\"}"
                  : "{\"WHO\":\"staging\",\"SECRET\":\"from file\",\"GIVEN\":\"option\"}");
      String worker = environment == null ? "shop" : "shop-staging";
      assertThat(whence.traces(1).get(0).json().path("scriptName").asText()).isEqualTo(worker);
    }
  }

  private static final String TOML =
      """
      name = "shop"
      main = "src/worker.js"
      compatibility_date = "2025-01-01"

      [vars]
      WHO = "all"
      LIST = [1, "two"]

      [env.staging.vars]
      WHO = "staging"
      """;

  private static final String JSONC =
      """
      {
        // A comment, and commas at the ends.
        "name": "shop",
        "main": "src/worker.js",
        "compatibility_date": "2025-01-01",
        "vars": { "WHO": "all", "LIST": [1, "two"], },
        "env": { "staging": { "vars": { "WHO": "staging" } } },
      }
      """;

  @Test
  void writesOnlyTraceItemsToStandardOutput() throws Exception {
    Path script =
        write(
            "worker.js",
            """
            console.log('starting');
            export default {
              fetch() {
                console.log('line\\nbreak');
                console.error(new Error('logged'));
                return new Response('fine');
              },
            };
            """);
    try (WhenceProcess whence = WhenceProcess.dev(script);
        HttpConnection client = whence.connect()) {
      client.get("/");
      client.get("/again");
      assertThat(whence.stop()).isZero();

      assertThat(whence.traces(2)).hasSize(2).allSatisfy(DevServerTest::ok);
      assertThat(whence.output().lines()).hasSize(2);
      assertThat(whence.traces(2).get(0).logs().get(0)).isEqualTo("line\nbreak");
      assertThat(whence.errors()).contains("starting").doesNotContain("logged");
    }
  }

  @Test
  void finishesRequestsInFlightWhenAskedToStop() throws Exception {
    try (Upstream upstream = Upstream.start().holding("/held", "text/plain", "held")) {
      Path script = write("worker.js", asking(upstream.url("/held"), "one"));
      try (WhenceProcess whence = WhenceProcess.dev(script);
          HttpConnection client = whence.connect();
          HttpConnection idle = whence.connect()) {
        idle.get("/now");
        client.send("GET", "/held");
        upstream.awaitRequests(1);
        whence.terminate();
        whence.awaitError("Finishing 1 request");
        upstream.release();

        assertThat(client.answer().body()).isEqualTo("one held");
        assertThat(idle.isAtEnd()).isTrue();
        assertThat(whence.exitCode()).isZero();
        assertThat(whence.traces(2)).hasSize(2).allSatisfy(DevServerTest::ok);
      }
    }
  }

  @Test
  void aPortInUseIsToldInOneLine() throws Exception {
    Path script = write("worker.js", answering("one"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        WhenceProcess whence =
            WhenceProcess.start("dev", script.toString(), "--port", "" + taken.getLocalPort())) {
      assertThat(whence.exitCode()).isEqualTo(2);
      assertThat(whence.errors().lines())
          .singleElement()
          .asString()
          .startsWith("whence: port " + taken.getLocalPort() + " on 127.0.0.1 is in use");
      assertThat(whence.output()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev worker.js --prot 1", "dev missing.js", "dve worker.js"})
  void badUsageIsToldInOneLine(String line) {
    try (WhenceProcess whence = WhenceProcess.start(line.split(" "))) {
      assertThat(whence.exitCode()).isEqualTo(2);
      assertThat(whence.errors().lines()).singleElement().asString().startsWith("whence: ");
      assertThat(whence.output()).isEmpty();
    }
  }

  private static void ok(TraceLine trace) {
    assertThat(trace.outcome()).isEqualTo("ok");
    assertThat(trace.status()).isEqualTo(200);
  }

  private static String answering(String text) {
    return "export default { fetch: () => new Response('%s') };\n".formatted(text);
  }

  /** A worker that puts its own word before what the upstream says, at {@code /held}. */
  private static String asking(String url, String word) {
    return """
        export default {
          async fetch(request) {
            if (request.url.endsWith('/now')) return new Response('%2$s');
            const response = await fetch('%1$s');
            return new Response('%2$s ' + await response.text());
          },
        };
        """
        .formatted(url, word);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
