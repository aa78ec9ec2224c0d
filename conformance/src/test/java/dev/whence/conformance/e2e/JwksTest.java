package dev.whence.conformance.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.conformance.e2e.HttpConnection.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Key sets that are fetched once for all requests: how the shared promise gets into programs. The
 * library is jose, before and after it was repaired (jose/README.md).
 */
@Timeout(120)
class JwksTest {
  private static final String HANG = "Error: The script will never generate a response.";
  private static final String NEWER = "2025-01-01";
  private static final int REQUESTS = 5;

  private final Upstream upstream = Upstream.start();
  private String authorization = "";

  @BeforeEach
  void serveKeys() throws Exception {
    authorization = "Authorization: Bearer " + read("/jose/token.txt").strip();
    upstream.holding("/jwks", "application/json", read("/jose/jwks.json"));
  }

  @AfterEach
  void closeUpstream() {
    upstream.close();
  }

  @Test
  void ofRequestsThatShareAFetchOneSucceedsInCancelMode() throws Exception {
    oneSucceeds("/dev/whence/conformance/e2e/key-set.js");
  }

  @Test
  void ofRequestsThatShareAFetchAllSucceedInFollowMode() throws Exception {
    allFollow("/dev/whence/conformance/e2e/key-set.js");
  }

  @Test
  void joseBeforeItsRepairLetsOneRequestSucceedInCancelMode() throws Exception {
    oneSucceeds("/jose/jose-4.4.0.mjs");
  }

  @Test
  void joseBeforeItsRepairLetsAllSucceedInFollowMode() throws Exception {
    allFollow("/jose/jose-4.4.0.mjs");
  }

  @Test
  void joseSinceItsRepairIsNotAccused() throws Exception {
    try (WhenceProcess whence = start("/jose/jose-4.15.9.mjs", "--cross-request", "cancel");
        Burst burst = send(whence)) {
      upstream.awaitRequests(REQUESTS).release(); // each fetches for itself

      allSucceeded(whence, burst.answers());
      assertThat(upstream.unseenRequests()).isZero();
    }
  }

  private void oneSucceeds(String script) throws Exception {
    try (WhenceProcess whence = start(script, "--cross-request", "cancel");
        Burst burst = send(whence)) {
      List<TraceLine> hung = whence.traces(REQUESTS - 1);
      assertThat(hung)
          .hasSize(REQUESTS - 1)
          .allSatisfy(
              trace -> {
                assertThat(trace.outcome()).isEqualTo("exception");
                assertThat(trace.exceptions()).containsExactly(HANG);
                assertThat(trace.logs()).isEmpty();
              });
      upstream.awaitRequests(1).release();

      List<Answer> answers = burst.answers();
      List<String> hungPaths = hung.stream().map(TraceLine::path).toList();
      for (int i = 0; i < REQUESTS; i++) {
        boolean hangs = hungPaths.contains("/" + i);
        assertThat(answers.get(i).status()).isEqualTo(hangs ? 500 : 200);
        if (hangs) {
          assertThat(answers.get(i).body()).startsWith(HANG + "\n\nGET /" + i + " hung: ");
        } else {
          assertThat(answers.get(i).body()).isEqualTo("alice");
        }
      }
      TraceLine last = whence.traces(REQUESTS).get(REQUESTS - 1);
      assertThat(last.outcome()).isEqualTo("ok");
      assertThat(last.logs()).containsExactly("verified alice");
      assertThat(upstream.unseenRequests()).isZero();

      assertThat(statuses(Burst.of(whence.port(), REQUESTS, authorization)))
          .as("with the keys at hand")
          .containsOnly(200);
    }
  }

  private void allFollow(String script) throws Exception {
    try (WhenceProcess whence = start(script, "--compatibility-date", NEWER);
        Burst burst = send(whence)) {
      upstream.awaitRequests(1).release();

      allSucceeded(whence, burst.answers());
      assertThat(upstream.unseenRequests()).isZero();
    }
  }

  private static void allSucceeded(WhenceProcess whence, List<Answer> answers) {
    assertThat(statuses(answers)).containsOnly(200);
    assertThat(answers).extracting(Answer::body).containsOnly("alice");
    assertThat(whence.traces(REQUESTS))
        .hasSize(REQUESTS)
        .allSatisfy(
            trace -> {
              assertThat(trace.outcome()).isEqualTo("ok");
              assertThat(trace.exceptions()).isEmpty();
              assertThat(trace.logs()).containsExactly("verified alice");
            });
  }

  private WhenceProcess start(String script, String option, String value) {
    String keys = "JWKS_URL=" + upstream.url("/jwks");
    return WhenceProcess.dev(Examples.resource(script), "--var", keys, option, value);
  }

  private Burst send(WhenceProcess whence) {
    return Burst.send(whence.port(), REQUESTS, authorization);
  }

  private static List<Integer> statuses(List<Answer> answers) {
    return answers.stream().map(Answer::status).toList();
  }

  private static String read(String resource) throws Exception {
    Path file = Examples.resource(resource);
    return Files.readString(file, UTF_8);
  }
}
