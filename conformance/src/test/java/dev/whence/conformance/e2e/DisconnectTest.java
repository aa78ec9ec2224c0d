package dev.whence.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.conformance.e2e.HttpConnection.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client leaves while its request initialises the worker for all others. */
@Timeout(120)
class DisconnectTest {
  private static final String HANG =
      "Error: The Workers runtime canceled this request because it detected that your Worker's code"
          + " had hung and would never generate a response. Refer to:"
          + " https://developers.cloudflare.com/workers/observability/errors/";
  private static final String OWNER_GONE =
      "Error: This promise was created by a request that has since ended, so it can never settle."
          + " With the handle_cross_request_promise_resolution compatibility flag, a promise can"
          + " only settle in the request that created it, and settling it after that request ends"
          + " is dropped.";
  private static final String WITHOUT_FLAG = "2024-01-01";
  private static final String WITH_FLAG = "2025-01-01";

  private final Upstream upstream = Upstream.start().holding("/settings", "text/plain", "settings");

  @AfterEach
  void closeUpstream() {
    upstream.close();
  }

  @ParameterizedTest
  @CsvSource({WITH_FLAG + ",false", WITH_FLAG + ",true", WITHOUT_FLAG + ",false"})
  void whoLeavesTakesTheInitialisationAlong(String date, boolean byReset) throws Exception {
    String error = date.equals(WITH_FLAG) ? OWNER_GONE : HANG;
    try (WhenceProcess whence = start(date);
        HttpConnection first = whence.connect();
        HttpConnection waiting = whence.connect();
        HttpConnection later = whence.connect()) {
      first.send("GET", "/first");
      upstream.awaitRequests(1);
      waiting.send("GET", "/waiting");
      if (byReset) {
        first.reset();
      } else {
        first.leave();
      }

      failed(waiting.answer(), error);
      failed(later.get("/later"), error);
      assertThat(whence.traces(3))
          .extracting(TraceLine::path)
          .containsExactly("/first", "/waiting", "/later");
      TraceLine left = whence.traces(3).get(0);
      assertThat(left.outcome()).isEqualTo("canceled");
      assertThat(left.status()).isZero();
      assertThat(left.exceptions()).isEmpty();
      assertThat(left.logs()).containsExactly("start /first");
      assertThat(whence.traces(3).subList(1, 3))
          .allSatisfy(
              trace -> {
                assertThat(trace.outcome()).isEqualTo("exception");
                assertThat(trace.exceptions()).containsExactly(error);
                assertThat(trace.logs()).containsExactly("start " + trace.path());
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITHOUT_FLAG, WITH_FLAG})
  void waitUntilKeepsTheInitialisation(String date) throws Exception {
    try (WhenceProcess whence = start(date);
        HttpConnection first = whence.connect();
        HttpConnection second = whence.connect()) {
      first.send("GET", "/kept");
      upstream.awaitRequests(1);
      first.leave();
      second.send("GET", "/second");
      upstream.release();

      assertThat(second.answer().body()).isEqualTo("settings");
      assertThat(whence.traces(2))
          .extracting(TraceLine::exceptions)
          .allSatisfy(exceptions -> assertThat(exceptions).isEmpty());
      assertThat(upstream.unseenRequests()).isZero();
    }
  }

  @Test
  void requestsThatAwaitEachOtherAreBothEnded() throws Exception {
    try (WhenceProcess whence = start(WITH_FLAG);
        HttpConnection a = whence.connect();
        HttpConnection b = whence.connect()) {
      a.send("GET", "/a");
      b.send("GET", "/b");

      failed(a.answer(), HANG);
      failed(b.answer(), HANG);
      assertThat(whence.traces(2))
          .allSatisfy(
              trace -> {
                assertThat(trace.outcome()).isEqualTo("exception");
                assertThat(trace.exceptions()).containsExactly(HANG);
                assertThat(trace.logs()).containsExactly("start " + trace.path());
              });
      assertThat(whence.stop()).isZero();
    }
  }

  private static void failed(Answer answer, String error) {
    assertThat(answer.body()).startsWith(error + "\n\n").contains("waits for");
    assertThat(answer.status()).isEqualTo(500);
  }

  private WhenceProcess start(String date) {
    return WhenceProcess.dev(
        Examples.resource("/dev/whence/conformance/e2e/shared-start.js"),
        "--compatibility-date",
        date,
        "--var",
        "SETTINGS_URL=" + upstream.url("/settings"));
  }
}
