package dev.whence.conformance.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, with events that the test makes up. */
@Timeout(120)
@EnabledIf("dev.whence.conformance.e2e.Chromium#isExpected")
class DashboardPageTest {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String HELLO =
      "{\"worker\":\"shop\",\"recordsAlways\":true,\"samplingAbove\":100}";
  private static final int REQUESTS = 15;

  private static Chromium chromium;

  private FixtureServer server;
  private Page page;

  @BeforeAll
  static void startBrowser() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void closeBrowser() {
    chromium.close();
  }

  @BeforeEach
  void openPage() throws IOException {
    server = FixtureServer.start();
    page = chromium.open(server.url(), 1440, 900);
    server.send("hello", HELLO);
    server.send("update", resource("dashboard-update.json"));
    page.await("document.querySelectorAll('.lane').length === " + REQUESTS);
  }

  @AfterEach
  void nothingWentWrongInThePage() {
    List<String> complaints = page.complaints();
    server.close();
    assertThat(complaints).isEmpty();
  }

  @Test
  void showsALaneForEachRequestAndAnArrowToThePromisesOwner() {
    assertThat(page.count(".lane")).isEqualTo(REQUESTS);
    assertThat(page.count(".lane.failed")).isEqualTo(6);
    assertThat(page.count(".lane.live")).isEqualTo(2);
    assertThat(labels(".arrow title"))
        .contains(
            "r5 waited for a promise of r4",
            "r8 waited for a promise of r4",
            "r11 waited for a promise of r4",
            "r15 waits for a promise of r14")
        .hasSize(6);
    assertThat(page.count(".track .turn")).isGreaterThan(REQUESTS);
    assertThat(page.count(".pending.timer, .pending.subrequest, .pending.native")).isPositive();
    assertThat(page.text("#in-flight tbody tr"))
        .contains("r14", "/export?format=csv", "setTimeout 20000 ms (src/export.js:8:3)");
    assertThat(page.text("#worker")).isEqualTo("shop");
    page.prefer("dark");
    page.screenshot(PICTURES.resolve("lanes-dark.png"));
    page.prefer("light");
    page.screenshot(PICTURES.resolve("lanes-light.png"));
  }

  @Test
  void opensTheCauseOfAHangWithItsCode() {
    page.click("[aria-label^=\"r5,\"]");
    page.await("!document.getElementById('details').hidden");
    assertThat(page.text(".cause .summary"))
        .isEqualTo("r5 waits for a promise that r4 created; only r4 can settle it.");
    assertThat(page.text(".cause .hit")).contains("await jwks;");
    assertThat(page.text(".cause .facts"))
        .contains("src/session.js:31:9", "called by keysFor", "GET /login", "_pendingFetch");
    assertThat(page.text(".cause .fix")).contains("Keep the keys");
    assertThat(page.text(".logs")).contains("session for /orders", "the keys are not there yet");
    assertThat(page.text(".events")).contains("a promise of r4", "never");
    page.prefer("dark");
    page.screenshot(PICTURES.resolve("cause-dark.png"));
    page.prefer("light");
    page.screenshot(PICTURES.resolve("cause-light.png"));

    page.click(".cause .summary button");
    page.await("document.getElementById('details-title').innerText.includes('/login')");
    assertThat(page.text(".cause.risk .kind")).startsWith("early warning");
  }

  @Test
  void completesACardWithWhatALaterRequestTells() {
    page.click("[aria-label^=\"r12,\"]");
    page.await("!document.getElementById('details').hidden");
    assertThat(page.text(".cause .kind")).isEqualTo("settled too late · completed later");
    assertThat(page.text(".cause .facts")).contains("r13", "unlock (src/mutex.js:21:5)", "40 ms");
  }

  @Test
  void filtersByOutcomePathAndText() {
    page.evaluate(
        "(() => { const s = document.querySelector('#filter select'); s.value = 'failed';"
            + " s.dispatchEvent(new Event('input', { bubbles: true })); })()");
    page.await("document.querySelectorAll('.lane').length === 6");
    page.press("/");
    page.type("/ORDERS");
    page.await("document.querySelectorAll('.lane').length === 2");
    page.click("#filter button[type=reset]");
    page.await("document.querySelectorAll('.lane').length === " + REQUESTS);
    page.click("input[name=text]");
    page.type("a long report");
    page.await("document.querySelectorAll('.lane').length === 1");
    page.evaluate("document.querySelector('input[name=text]').select()");
    page.type("_pendingfetch");
    page.await("document.querySelectorAll('.lane').length === 5");
    page.type("nowhere");
    page.await("document.querySelectorAll('.lane').length === 0");
    assertThat(page.text("#empty")).isEqualTo("None of the 15 requests matches the filter.");
  }

  @Test
  void standsStillWhilePausedAndCatchesUp() {
    page.press("p");
    page.await("document.getElementById('state').innerText === 'Paused'");
    server.send("update", late("r20", "/later"));
    page.await("document.getElementById('state').innerText === 'Paused, 1 new'");
    assertThat(page.count(".lane")).isEqualTo(REQUESTS);
    page.click("#pause");
    page.await("document.querySelector('[aria-label^=\"r20,\"]') !== null");
    assertThat(page.text("#state")).isEqualTo("Live");
  }

  @Test
  void isUsedByKeyboardAlone() {
    page.evaluate("document.querySelector('.lane[tabindex=\"0\"]').focus()");
    page.press("Home");
    page.press("ArrowDown");
    page.press("ArrowDown");
    assertThat(focused()).startsWith("r3, POST /checkout, ok,");
    assertThat(
            page.evaluate("getComputedStyle(document.activeElement, '::before').borderTopStyle")
                .asText())
        .isEqualTo("solid");
    page.press("Enter");
    page.await("document.activeElement.id === 'details-title'");
    assertThat(page.text("#details-title")).isEqualTo("POST /checkout");
    page.press("Escape");
    page.await("document.getElementById('details').hidden");
    assertThat(focused()).startsWith("r3, POST /checkout");
    assertThat(page.count(".lane[tabindex=\"0\"]")).isEqualTo(1);
  }

  @Test
  void fitsIntoANarrowWindow() {
    page.resize(360, 740);
    page.await("innerWidth === 360");
    assertThat(sidewaysOverflow()).isLessThanOrEqualTo(0);
    page.prefer("dark");
    page.screenshot(PICTURES.resolve("narrow-lanes.png"));
    page.click("[aria-label^=\"r5,\"]");
    page.await("!document.getElementById('details').hidden");
    assertThat(sidewaysOverflow()).isLessThanOrEqualTo(0);
    assertThat(page.evaluate("document.getElementById('details').offsetWidth").asInt())
        .isEqualTo(360);
    page.screenshot(PICTURES.resolve("narrow-cause.png"));
    page.click("#details button[aria-label=Close]");
    page.await("document.getElementById('details').hidden");
    page.evaluate("scrollTo(0, document.body.scrollHeight)");
    page.screenshot(PICTURES.resolve("narrow-in-flight.png"));
  }

  @Test
  void saysHowMuchIsShownWhenItSamples() {
    String now = page.evaluate("String(Date.now())").asText();
    server.send(
        "update",
        "{\"now\":"
            + now
            + ",\"ended\":[],\"counts\":{\"ended\":1234,\"failed\":0,\"mattered\":0}}");
    page.await("document.getElementById('sampling').innerText !== ''");
    assertThat(page.text("#sampling"))
        .isEqualTo(
            "0 of the 1,234 requests that ended in the last second are shown, a random sample."
                + " None failed.");
  }

  @Test
  void exportsOneRequestAsAFile(@TempDir Path folder) throws IOException {
    chromium.downloadTo(folder);
    page.click("[aria-label^=\"r5,\"]");
    page.await("!document.getElementById('details').hidden");
    page.click("#details .export");
    JsonNode exported = readWhenThere(folder.resolve("whence-r5-exception-orders.json"));
    assertThat(exported.path("format").asText()).isEqualTo("whence-request-1");
    assertThat(exported.path("item").path("whence").path("cause").path("kind").asText())
        .isEqualTo("awaits-other-request");
    assertThat(exported.path("timeline").path("follows").path(0).path("owner").asText())
        .isEqualTo("r4");
  }

  private List<String> labels(String selector) {
    String all =
        page.evaluate(
                "[...document.querySelectorAll('"
                    + selector
                    + "')].map(e => e.textContent).join('\\n')")
            .asText();
    return all.lines().toList();
  }

  private String focused() {
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''").asText();
  }

  private int sidewaysOverflow() {
    return page.evaluate("document.documentElement.scrollWidth - innerWidth").asInt();
  }

  private static String late(String request, String path) {
    return """
        {"now":1795526390000,"counts":{"ended":1,"failed":0,"mattered":0},"ended":[{"number":900,
        "matters":false,"item":{"wallTime":1,"cpuTime":1,"outcome":"ok","exceptions":[],"logs":[],
        "eventTimestamp":1795526390000,"event":{"request":{"url":"http://h%s","method":"GET"}},
        "whence":{"request":"%s","isolate":1}}}]}
        """
        .formatted(path, request);
  }

  private static JsonNode readWhenThere(Path file) throws IOException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!Files.exists(file) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(20_000_000);
    }
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = DashboardPageTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
