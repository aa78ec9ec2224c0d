package dev.whence.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** The whole way: a worker hangs, and a browser shows which request waits for whom, and why. */
@Timeout(120)
@EnabledIf("dev.whence.conformance.e2e.Chromium#isExpected")
class DashboardTest {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final int REQUESTS = 10;

  private static Chromium chromium;

  @BeforeAll
  static void startBrowser() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void closeBrowser() {
    chromium.close();
  }

  @Test
  void openedAfterTheHangItShowsWhoWaitedForWhom() {
    try (WhenceProcess whence = WhenceProcess.dev(Examples.example("shared-promise/worker.js"))) {
      assertThat(Burst.of(whence.port(), REQUESTS)).hasSize(REQUESTS);
      whence.traces(REQUESTS);

      Page page = openDashboard(whence);
      page.await("document.querySelectorAll('.lane').length === " + REQUESTS);
      assertThat(page.count(".lane.failed")).isEqualTo(REQUESTS - 1);
      assertThat(page.count(".lane.ok")).isEqualTo(1);
      assertThat(page.count("#arrows .arrow.failed")).isEqualTo(REQUESTS - 1);

      page.click(".lane.failed");
      page.await("!document.getElementById('details').hidden");
      assertThat(page.text(".exception")).contains("The script will never generate a response.");
      assertThat(page.text(".logs")).contains("start /");
      assertThat(page.text(".events")).contains("a promise of r", "never");
      assertThat(page.text(".cause .kind")).isEqualTo("awaits another request");
      assertThat(page.text(".cause .facts")).contains("worker.js:");
      assertThat(page.text(".cause .hit")).contains("await");
      page.prefer("dark");
      page.screenshot(PICTURES.resolve("hang.png"));
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void followsLiveWhatIsInFlightAndWhatItWaitsFor() {
    try (WhenceProcess whence =
            WhenceProcess.dev(
                Examples.resource("/dev/whence/conformance/e2e/dashboard-worker.js"),
                "--cross-request",
                "follow");
        Burst burst = Burst.send(whence.port(), 3);
        HttpConnection releasing = whence.connect()) {
      Page page = openDashboard(whence);
      page.await("document.querySelectorAll('#in-flight tbody tr').length === 3");
      page.await("document.querySelectorAll('#arrows .arrow').length === 2");
      assertThat(page.count(".lane.live")).isEqualTo(3);
      assertThat(page.text("#in-flight tbody tr:first-child .waits")).contains("600000 ms");
      assertThat(page.text("#in-flight tbody tr:last-child .waits")).startsWith("a promise of r");
      page.screenshot(PICTURES.resolve("in-flight.png"));

      releasing.send("GET", "/release");
      assertThat(burst.answers()).allMatch(answer -> answer.status() == 200);
      page.await("document.querySelectorAll('.lane.ok').length === 4");
      page.await("document.querySelectorAll('#in-flight tbody tr').length === 0");
      assertThat(page.complaints()).isEmpty();
    }
  }

  private static Page openDashboard(WhenceProcess whence) {
    return chromium.open("http://127.0.0.1:" + whence.adminPort() + "/", 1440, 900);
  }
}
