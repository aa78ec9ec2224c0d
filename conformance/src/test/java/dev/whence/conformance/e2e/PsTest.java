package dev.whence.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code whence ps} and {@code whence dump} ask a whence that runs. */
@Timeout(120)
class PsTest {

  @Test
  void showsWhatIsInFlightOldestFirst() {
    try (WhenceProcess whence =
            WhenceProcess.dev(
                Examples.resource("/dev/whence/conformance/e2e/dashboard-worker.js"),
                "--cross-request",
                "follow");
        HttpConnection first = whence.connect();
        HttpConnection second = whence.connect();
        HttpConnection last = whence.connect()) {
      String admin = String.valueOf(whence.adminPort());
      assertThat(ran("ps", "--admin-port", admin)).containsExactly("No requests in flight.");

      first.send("GET", "/first");
      awaitWaiting(last, 1);
      second.send("GET", "/second?a=1");
      awaitWaiting(last, 2);
      List<String> lines = ran("ps", "--admin-port", admin);
      assertThat(lines).hasSize(3);
      assertThat(lines.get(0)).matches("REQUEST +AGE +STATE +WHAT +WAITS FOR");
      assertThat(lines.get(1)).matches("r1 .* waiting +GET /first +.*600000 ms.*");
      assertThat(lines.get(2)).matches("r\\d+ .* waiting +GET /second\\?a=1 +a promise of r1");
      assertThat(ran("dump", "--admin-port", admin)).isNotEmpty();

      assertThat(last.send("GET", "/release").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void saysInOneLineThatNobodyAnswers() {
    try (WhenceProcess ps = WhenceProcess.start("ps", "--admin-port", "1")) {
      assertThat(ps.exitCode()).isEqualTo(1);
      assertThat(ps.output()).isEmpty();
      assertThat(ps.errors())
          .isEqualTo(
              "whence: nothing answers on http://127.0.0.1:1; is whence running, and is that the"
                  + " admin port it has told?\n");
    }
  }

  private static void awaitWaiting(HttpConnection connection, int requests) {
    String wanted = String.valueOf(requests);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!connection.get("/waiting").body().equals(wanted)) {
      assertThat(System.nanoTime()).as("requests waiting").isLessThan(deadline);
    }
  }

  private static List<String> ran(String... arguments) {
    try (WhenceProcess process = WhenceProcess.start(arguments)) {
      assertThat(process.exitCode()).as(process.errors()).isZero();
      return process.output().lines().toList();
    }
  }
}
