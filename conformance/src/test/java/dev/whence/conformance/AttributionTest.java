package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whose is a log line, when hundreds of requests take turns and settle each other's promises? */
class AttributionTest {
  private static final int REQUESTS = 300;
  private static final int LINES = 20;

  private static TestWorker worker;
  private static final List<TestClient.Answer> ANSWERS = new ArrayList<>();
  private static List<TraceItem> items;

  @BeforeAll
  static void runAllRequestsAtOnce() {
    worker =
        TestWorker.of(ScriptFile.read("attribution.js"))
            .date("2025-01-01")
            .flag("nodejs_compat")
            .start();
    List<TestClient> clients =
        IntStream.range(0, REQUESTS)
            .mapToObj(id -> worker.get("/?id=" + id + "&of=" + REQUESTS))
            .toList();
    clients.forEach(client -> ANSWERS.add(client.answer()));
    items = worker.traces(REQUESTS);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void writesEveryLineIntoTheTraceItemOfTheRequestThatLoggedIt() {
    for (TraceItem item : items) {
      String id = idOf(item);
      assertThat(item.logs())
          .as("lines of request %s", id)
          .extracting(TraceItem.Log::messageJson)
          .containsExactlyElementsOf(
              IntStream.range(0, LINES)
                  .mapToObj(line -> "[\"%s\",%d,\"%s\"]".formatted(id, line, id))
                  .toList());
    }
  }

  @Test
  void endsEveryRequestOnceAndWell() {
    Set<String> ids = new HashSet<>();
    assertThat(items).allMatch(item -> ids.add(idOf(item))).hasSize(REQUESTS);
    assertThat(items)
        .allSatisfy(
            item -> {
              assertThat(item.exceptions()).isEmpty();
              assertThat(item.outcome()).isEqualTo(Outcome.OK);
              assertThat(item.truncated()).isFalse();
            });
  }

  @Test
  void givesEveryClientItsOwnAnswer() {
    for (int id = 0; id < REQUESTS; id++) {
      int partner = id ^ 1;
      assertThat(ANSWERS.get(id).text())
          .isEqualTo("%d met %d; GET /delay/5/%d ; 3 parts of %d".formatted(id, partner, id, id));
      assertThat(ANSWERS.get(id).status()).isEqualTo(200);
    }
  }

  @Test
  void leavesNothingInFlight() {
    assertThat(worker.worker().inFlight()).isZero();
  }

  private static String idOf(TraceItem item) {
    String url = ((TraceItem.FetchEvent) item.event()).url();
    return url.replaceFirst(".*[?]id=([0-9]+).*", "$1");
  }
}
