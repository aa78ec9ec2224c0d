package dev.whence.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ExploreCommandTest {
  private static final String FAULTY =
      """
      let blocker = null;
      export default {
        async fetch() {
          if (blocker) await blocker;
          blocker = new Promise((done) => setTimeout(done, 20000));
          await blocker;
          blocker = null;
          return new Response('done');
        },
      };
      """;
  private static final String SOUND =
      "export default { async fetch() { await scheduler.wait(9); return new Response('x'); } };";
  private static final String FETCHING =
      "export default { async fetch() { return fetch('https://api.test/x'); } };";

  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void writeScript() throws Exception {
    script = Files.writeString(folder.resolve("worker.js"), FAULTY);
  }

  private CommandRun explore(String... arguments) throws Exception {
    List<String> all = new java.util.ArrayList<>(List.of("explore", script.toString()));
    all.addAll(List.of(arguments));
    return CommandRun.run(all.toArray(String[]::new));
  }

  private static List<JsonNode> lines(CommandRun run) throws Exception {
    List<JsonNode> lines = new java.util.ArrayList<>();
    for (String line : run.out.text().split("\n")) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void aFindingIsShownAndExits1() throws Exception {
    CommandRun run = explore("--get", "/a", "--get", "/b", "--schedules", "60");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out.text())
        .contains("hangs", "awaited at   fetch (worker.js:4:18)", "r1 GET", "r2 GET")
        .contains("replay: whence explore " + script + " --get /a --get /b --replay 1.");
  }

  @Test
  void aFindingAsJsonHoldsWhatItsReplayNeeds() throws Exception {
    CommandRun run =
        explore("--get", "/a", "--get", "/b", "--get", "/c", "--schedules=60", "--format=json");

    assertThat(run.exitCode()).isEqualTo(1);
    List<JsonNode> lines = lines(run);
    assertThat(lines).hasSize(2);
    JsonNode finding = lines.get(0);
    assertThat(finding.fieldNames())
        .toIterable()
        .containsExactly("cause", "requests", "steps", "schedules", "replay");
    assertThat(finding.get("cause").get("kind").asText()).isEqualTo("awaits-other-request");
    assertThat(finding.get("requests")).hasSize(2);
    assertThat(lines.get(1).get("summary").fieldNames())
        .toIterable()
        .containsExactly("findings", "schedules", "distinct", "ms");

    CommandRun again = explore("--replay", finding.get("replay").asText(), "--format=json");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(lines(again).get(0).get("cause")).isEqualTo(finding.get("cause"));
    assertThat(again.err.text()).doesNotContain("warning");
  }

  @Test
  void nothingFoundExits0AndSaysWhatWasCovered() throws Exception {
    Files.writeString(script, SOUND);
    Path requests = Files.writeString(folder.resolve("r.http"), "GET /a\n###\nGET /b\n");
    CommandRun run = explore("--requests", requests.toString(), "--schedules", "40");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out.text())
        .startsWith("Nothing found in 40 schedules of 2 requests")
        .contains("Covered: ");
  }

  @Test
  void reportsForServersAreWellFormed() throws Exception {
    CommandRun junit = explore("--get=/a", "--get=/b", "--schedules=40", "--format=junit");
    assertThat(junit.out.text())
        .startsWith("<?xml")
        .contains("<testsuite", "failures=\"1\"", "type=\"hang\"", "--replay 1.");

    CommandRun sarif = explore("--get=/a", "--get=/b", "--schedules=40", "--format=sarif");
    JsonNode result = lines(sarif).get(0).get("runs").get(0).get("results").get(0);
    assertThat(result.get("ruleId").asText()).isEqualTo("awaits-other-request");
    assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt()).isEqualTo(4);
  }

  @Test
  void aSubrequestNeedsAStub() throws Exception {
    Files.writeString(script, FETCHING);
    CommandRun without = explore("--get", "/a");
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err.text())
        .isEqualTo(
            "whence: nothing answers the subrequest GET https://api.test/x; add --stub"
                + " 'https://api.test/x=FILE' (or =STATUS; * matches anything), or --upstream"
                + " STUB.js\n");

    Path body = Files.writeString(folder.resolve("x.json"), "{}");
    CommandRun with = explore("--get=/a", "--schedules=20", "--stub", "https://api.test/*=" + body);
    assertThat(with.exitCode()).isZero();
    assertThat(explore("--get=/a", "--schedules=20", "--stub=https://api.test/*=204").exitCode())
        .isZero();
    Path upstream =
        Files.writeString(
            folder.resolve("up.js"), "export default { fetch() { return new Response('u'); } };");
    assertThat(explore("--get=/a", "--schedules=20", "--upstream", upstream.toString()).exitCode())
        .isZero();
  }

  @Test
  void theRealUpstreamIsAskedOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer upstream =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("hi".getBytes(UTF_8));
          exchange.close();
        });
    upstream.start();
    String url = "http://127.0.0.1:" + upstream.getAddress().getPort() + "/x";
    Files.writeString(script, "export default { async fetch() { return fetch('" + url + "'); } };");
    String record = "--record=" + folder.resolve("record.json");
    assertThat(explore("--get=/a", "--schedules=20", record).exitCode()).isZero();
    upstream.stop(0);

    assertThat(explore("--get=/a", "--schedules=20", record).exitCode()).isZero();
    assertThat(asked).hasValue(1);
    CommandRun unreachable = explore("--get=/a", "--record=" + folder.resolve("other.json"));
    assertThat(unreachable.exitCode()).isEqualTo(2);
    assertThat(unreachable.err.text()).startsWith("whence: cannot record GET " + url);
  }

  @Test
  void badUsageExits2WithOneLine() throws Exception {
    String[][] mistakes = {
      {},
      {"--get", "a"},
      {"--get=/a", "--time=soon"},
      {"--get=/a", "--schedules=0"},
      {"--get=/a", "--replay=xyz"},
      {"--requests=" + "/nowhere.http"},
      {"--get=/a", "--stub=x"},
      {"--get=/a", "--format=xml"},
      {"--get=/a", "--seed=-1"},
      {"--get=/a", "--replay=1.1.c.0.1-2.2a2.0"},
      {"--get=/a", "--port=1"},
    };
    for (String[] mistake : mistakes) {
      CommandRun run = explore(mistake);
      assertThat(run.exitCode()).as(String.join(" ", mistake)).isEqualTo(2);
      assertThat(run.err.text()).startsWith("whence: ").hasLineCount(1);
      assertThat(run.out.text()).isEmpty();
    }
  }

  @Test
  void aWorkerThatDoesNotStartExits2() throws Exception {
    Files.writeString(script, "export default {");
    CommandRun run = explore("--get", "/a");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err.text()).contains("SyntaxError", "worker.js:1");
  }

  @Test
  void aTokenForOtherFilesIsReplayedWithAWarning() throws Exception {
    CommandRun run = explore("--get=/a", "--get=/b", "--schedules=40", "--format=json");
    String token = lines(run).get(0).get("replay").asText();
    Files.writeString(script, SOUND);
    CommandRun again = explore("--replay", token);

    assertThat(again.exitCode()).isZero();
    assertThat(again.err.text()).contains("warning: the files or options are not those");
  }
}
