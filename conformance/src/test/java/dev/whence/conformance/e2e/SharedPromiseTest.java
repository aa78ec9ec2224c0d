package dev.whence.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.conformance.e2e.HttpConnection.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten requests at once share one pending promise: the bug that Whence is for. */
@Timeout(120)
class SharedPromiseTest {
  private static final String HANG = "Error: The script will never generate a response.";
  private static final int REQUESTS = 10;

  @ParameterizedTest
  @ValueSource(strings = {"shared-promise", "shared-promise-module"})
  void inCancelModeOneRequestSucceedsAndTheOthersHang(String example) {
    try (WhenceProcess whence = WhenceProcess.dev(script(example))) {
      List<Answer> answers = Burst.of(whence.port(), REQUESTS);

      assertThat(statuses(answers)).containsOnlyOnce(200).filteredOn(s -> s == 500).hasSize(9);
      for (int i = 0; i < REQUESTS; i++) {
        Answer answer = answers.get(i);
        if (answer.status() == 200) {
          assertThat(answer.body()).isEqualTo("done /" + i + "\n");
        } else {
          assertThat(answer.body()).startsWith(HANG + "\n\nGET /" + i + " hung: ");
        }
      }
      List<TraceLine> traces = whence.traces(REQUESTS);
      assertThat(traces).hasSize(REQUESTS).extracting(TraceLine::path).doesNotHaveDuplicates();
      for (TraceLine trace : traces) {
        boolean won = answers.get(Integer.parseInt(trace.path().substring(1))).status() == 200;
        if (won) {
          succeeded(trace);
        } else {
          hung(trace);
        }
      }
      assertThat(whence.stop()).isZero();
      assertThat(whence.output().lines()).hasSize(REQUESTS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared-promise", "shared-promise-module"})
  void inFollowModeAllSucceed(String example) {
    try (WhenceProcess whence = WhenceProcess.dev(script(example), "--cross-request", "follow")) {
      List<Answer> answers = Burst.of(whence.port(), REQUESTS);

      assertThat(statuses(answers)).containsOnly(200);
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(answers.get(i).body()).isEqualTo("done /" + i + "\n");
      }
      assertThat(whence.traces(REQUESTS))
          .hasSize(REQUESTS)
          .allSatisfy(SharedPromiseTest::succeeded)
          .extracting(TraceLine::path)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void nothingOfAnEndedRequestRuns() {
    try (WhenceProcess whence = WhenceProcess.dev(keptPromise(), "--cross-request", "cancel")) {
      Burst.of(whence.port(), REQUESTS);

      assertThat(counts(whence)).isEqualTo("started 10, resumed 1, finally 1");
      aFulfilledPromiseIsFreeToShare(whence);
    }
  }

  @Test
  void everyRequestThatFollowsRuns() {
    try (WhenceProcess whence = WhenceProcess.dev(keptPromise(), "--cross-request", "follow")) {
      Burst.of(whence.port(), REQUESTS);

      assertThat(counts(whence)).isEqualTo("started 10, resumed 10, finally 10");
      aFulfilledPromiseIsFreeToShare(whence);
    }
  }

  private static void aFulfilledPromiseIsFreeToShare(WhenceProcess whence) {
    List<TraceLine> before = whence.traces(REQUESTS + 1);
    assertThat(statuses(Burst.of(whence.port(), REQUESTS))).containsOnly(200);
    assertThat(whence.traces(before.size() + REQUESTS).subList(before.size(), 2 * REQUESTS + 1))
        .allSatisfy(SharedPromiseTest::succeeded);
  }

  private static void succeeded(TraceLine trace) {
    assertThat(trace.outcome()).isEqualTo("ok");
    assertThat(trace.status()).isEqualTo(200);
    assertThat(trace.exceptions()).isEmpty();
    assertThat(trace.logs()).containsExactly("start " + trace.path(), "end " + trace.path());
  }

  private static void hung(TraceLine trace) {
    assertThat(trace.outcome()).isEqualTo("exception");
    assertThat(trace.status()).isZero();
    assertThat(trace.exceptions()).containsExactly(HANG);
    assertThat(trace.logs()).containsExactly("start " + trace.path());
  }

  private static String counts(WhenceProcess whence) {
    try (HttpConnection client = whence.connect()) {
      return client.get("/counts").body();
    }
  }

  private static Stream<Integer> statuses(List<Answer> answers) {
    return answers.stream().map(Answer::status);
  }

  private static Path script(String example) {
    return Examples.example(example).resolve("worker.js");
  }

  private static Path keptPromise() {
    return Examples.resource("/dev/whence/conformance/e2e/kept-promise.js");
  }
}
