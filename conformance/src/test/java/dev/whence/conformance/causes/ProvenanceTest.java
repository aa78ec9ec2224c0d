package dev.whence.conformance.causes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.explain.Cause;
import dev.whence.testkit.TestWorker;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How much is recorded: owners always, places after a first hang. */
class ProvenanceTest {
  private static final String SCRIPT =
      """
      export default { async fetch() {
        await new Promise(() => {});
      } };
      """;

  @Test
  void recordsPlacesAfterTheFirstHang() {
    try (TestWorker worker = TestWorker.of(SCRIPT).start()) {
      Cause first = causeOf(worker, "/first");
      assertThat(first.awaited().isKnown()).isFalse();
      assertThat(first.note()).contains("--provenance sites", "for a minute from now");

      Cause second = causeOf(worker, "/second");
      assertThat(second.awaited().top().orElseThrow().position()).isEqualTo("worker.js:2:3");
      assertThat(second.created().top().orElseThrow().position()).isEqualTo("worker.js:2:9");
      assertThat(second.note()).isNull();
    }
  }

  @Test
  void recordsPlacesFromTheStartWhereThatIsAsked() {
    try (TestWorker worker = TestWorker.of(SCRIPT).explained().start()) {
      Cause first = causeOf(worker, "/first");
      assertThat(first.awaited().top().orElseThrow().position()).isEqualTo("worker.js:2:3");
      assertThat(first.note()).isNull();
    }
  }

  @Test
  void explainsSomeOfManyHangsAndAnswersAll() {
    try (TestWorker worker = TestWorker.of(SCRIPT).explained().start()) {
      for (int i = 0; i < 1_000; i++) {
        worker.get("/" + i);
      }
      assertThat(worker.traces(1_000))
          .hasSize(1_000)
          .allSatisfy(item -> assertThat(item.failed()).isTrue())
          .filteredOn(item -> item.whence().cause() != null)
          .isNotEmpty();
    }
  }

  private static Cause causeOf(TestWorker worker, String path) {
    worker.get(path).answer();
    return Objects.requireNonNull(worker.trace(path).whence().cause());
  }
}
