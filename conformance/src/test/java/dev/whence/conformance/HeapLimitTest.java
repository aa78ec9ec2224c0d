package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Limits;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that fill the heap: the request ends, its isolate is replaced, the process lives on. */
class HeapLimitTest {
  private static TestWorker worker;

  @BeforeAll
  static void start() {
    Limits usual = Limits.defaults();
    Limits limits =
        new Limits(
            usual.cpu(),
            64,
            usual.startup(),
            usual.waitUntil(),
            usual.subrequests(),
            usual.timers(),
            usual.inFlight(),
            usual.logBytes());
    worker = TestWorker.of(ScriptFile.read("heap.js")).date("2025-01-01").limits(limits).start();
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/arrays",
        "/strings",
        "/objects",
        "/map",
        "/closures",
        "/promises",
        "/afterAwait",
        "/inTimer",
      })
  void endsTheRequestThatFillsTheHeapAndServesTheOthers(String path) {
    List<TestClient> before = bystanders();
    TestClient bomb = worker.get(path);
    List<TestClient> behind = bystanders();

    assertThat(bomb.answer().status()).isEqualTo(503);
    TraceItem item = worker.trace(path);
    assertThat(item.outcome()).isEqualTo(Outcome.EXCEEDED_MEMORY);
    assertThat(item.exceptions())
        .singleElement()
        .returns("Worker exceeded memory limit.", TraceItem.ExceptionEntry::message);
    assertThat(before).allMatch(client -> client.answer().text().equals("answered"));
    assertThat(behind).allMatch(client -> client.answer().text().equals("answered"));
  }

  @Test
  void servesNewRequestsInAFreshIsolate() {
    worker.get("/arrays?fresh").answer();
    TestClient.Answer next = worker.get("/bystander?fresh").answer();

    assertThat(next.text()).isEqualTo("answered");
    assertThat(worker.trace("/bystander?fresh").whence().isolate())
        .isGreaterThan(worker.trace("/arrays?fresh").whence().isolate());
  }

  @Test
  void leavesAHeapAloneThatEmptiesItself() {
    List<TestClient> clients =
        IntStream.range(0, 50).mapToObj(i -> worker.get("/garbage?" + i)).toList();

    assertThat(clients).allMatch(client -> client.answer().text().equals("answered"));
    assertThat(
            IntStream.range(0, 50).mapToObj(i -> worker.trace("/garbage?" + i).whence().isolate()))
        .as("one isolate serves them all")
        .hasSize(50)
        .containsOnly(worker.trace("/garbage?0").whence().isolate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/doubling", "/hugeArray"})
  void turnsAnImpossibleSizeIntoAnOrdinaryException(String path) {
    assertThat(worker.get(path).answer().status()).isEqualTo(500);
    assertThat(worker.trace(path).exceptions())
        .singleElement()
        .returns("RangeError", TraceItem.ExceptionEntry::name);
  }

  private static List<TestClient> bystanders() {
    return IntStream.range(0, 3).mapToObj(i -> worker.get("/bystander")).toList();
  }
}
