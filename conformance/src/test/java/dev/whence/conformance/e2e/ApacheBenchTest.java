package dev.whence.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** What people try first: {@code ab -n 10 -c 10} against the shared promise. */
@Timeout(120)
@EnabledIf("dev.whence.conformance.e2e.ApacheBench#isExpected")
class ApacheBenchTest {
  private static final int REQUESTS = 10;

  @Test
  void inCancelModeTheOthersFail() throws Exception {
    try (WhenceProcess whence = WhenceProcess.dev(Examples.example("shared-promise/worker.js"))) {
      ApacheBench.Report report = ApacheBench.tenAtOnce(whence.port());

      // Some versions send one request alone before the rest: then that one is answered too.
      assertThat(report.complete()).isEqualTo(REQUESTS);
      assertThat(report.non2xx()).isIn(REQUESTS - 1, REQUESTS - 2);
      List<TraceLine> traces = whence.traces(REQUESTS);
      assertThat(traces.stream().filter(trace -> trace.outcome().equals("exception")))
          .hasSize(report.non2xx())
          .allSatisfy(
              trace -> {
                assertThat(trace.exceptions())
                    .containsExactly("Error: The script will never generate a response.");
                assertThat(trace.logs()).containsExactly("start /");
              });
      assertThat(traces.stream().filter(trace -> trace.outcome().equals("ok")))
          .hasSize(REQUESTS - report.non2xx())
          .allSatisfy(trace -> assertThat(trace.logs()).containsExactly("start /", "end /"));
    }
  }

  @Test
  void inFollowModeNothingFails() throws Exception {
    try (WhenceProcess whence =
        WhenceProcess.dev(
            Examples.example("shared-promise/worker.js"), "--cross-request", "follow")) {
      assertThat(ApacheBench.tenAtOnce(whence.port()))
          .isEqualTo(new ApacheBench.Report(REQUESTS, 0, 0));
      assertThat(whence.traces(REQUESTS))
          .allSatisfy(trace -> assertThat(trace.outcome()).isEqualTo("ok"));
    }
  }
}
