package dev.whence.conformance.causes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Correct workers that look as if they had the bug: none of their requests fails, and nothing is
 * told of them, neither a cause nor a risk.
 */
class LookAlikesTest {
  private static final Path FOLDER = Path.of("causes", "look-alikes");

  /** So many at once, and then so many again, of the worker that has what the first ones left. */
  private static final int REQUESTS = 20;

  @TestFactory
  @DisplayName("nothing is told of the workers in the folder look-alikes")
  Stream<DynamicTest> staysSilent() throws IOException {
    List<Path> scripts;
    try (Stream<Path> entries = Files.list(FOLDER)) {
      scripts = entries.filter(entry -> entry.toString().endsWith(".js")).sorted().toList();
    }
    return scripts.stream()
        .flatMap(
            script ->
                Arrays.stream(CrossRequest.values())
                    .map(
                        mode ->
                            DynamicTest.dynamicTest(
                                script.getFileName() + " " + mode, () -> check(script, mode))));
  }

  private static void check(Path script, CrossRequest mode) throws IOException {
    String text = Files.readString(script);
    try (TestWorker worker =
        TestWorker.of(text).mode(mode).flag("nodejs_compat").explained().start()) {
      int events = 2 * REQUESTS;
      if (text.contains("'/warm'")) {
        worker.get("/warm").answer();
        worker.trace("/warm");
        events++;
      }
      round(worker, 0);
      if (text.contains("async scheduled(")) {
        assertThat(worker.scheduled("* * * * *", Instant.EPOCH).join()).isEqualTo(Outcome.OK);
        events++;
      }
      round(worker, REQUESTS);

      assertThat(worker.traces(events)).hasSize(events).allSatisfy(LookAlikesTest::isSilent);
    }
  }

  private static void round(TestWorker worker, int first) {
    List<TestClient> clients = new ArrayList<>();
    for (int i = first; i < first + REQUESTS; i++) {
      clients.add(i % 2 == 0 ? worker.get("/" + i) : worker.post("/" + i, "body " + i));
    }
    assertThat(clients)
        .allSatisfy(
            client -> {
              TestClient.Answer answer = client.answer();
              assertThat(answer.status()).as(answer.text()).isEqualTo(200);
              assertThat(answer.cut()).isFalse();
            });
  }

  private static void isSilent(TraceItem item) {
    assertThat(item.outcome()).isEqualTo(Outcome.OK);
    assertThat(item.exceptions()).isEmpty();
    assertThat(item.whence().cause()).isNull();
    assertThat(item.whence().risks()).isEmpty();
    assertThat(item.whence().amends()).isEmpty();
  }
}
