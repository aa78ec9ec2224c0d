package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Limits;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that never ends by itself: ended for its processor time, and nobody else with it. */
class RunawayTest {
  private static TestWorker worker;

  @BeforeAll
  static void start() {
    Limits usual = Limits.defaults();
    Limits limits =
        new Limits(
            Duration.ofMillis(150),
            usual.memoryMb(),
            usual.startup(),
            usual.waitUntil(),
            usual.subrequests(),
            usual.timers(),
            usual.inFlight(),
            usual.logBytes());
    worker = TestWorker.of(ScriptFile.read("runaway.js")).date("2025-01-01").limits(limits).start();
    // Its first turns also pay for what the engine compiles.
    assertThat(worker.get("/bystander").answer().status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/loop",
        "/allocatingLoop",
        "/microtasks",
        "/queuedMicrotasks",
        "/asyncGenerator",
        "/regularExpression",
        "/comparator",
        "/finallyLoops",
        "/catchLoops",
        "/inTimer",
        "/inStreamSource",
        "/afterSubrequest",
        "/inLogArgument",
        "/inThrownProxy",
        "/inHeaderGetter",
        "/inThenable",
        "/inGeneratorReturn",
        "/manySmallTurns",
        "/bigIntegers",
        "/longJson",
      })
  void endsOnlyTheRequestThatUsesTooMuchProcessorTime(String path) {
    List<TestClient> before = bystanders();
    TestClient runaway = worker.get(path);
    List<TestClient> behind = bystanders();

    assertThat(runaway.answer().status()).isEqualTo(503);
    TraceItem item = worker.trace(path);
    assertThat(item.outcome()).isEqualTo(Outcome.EXCEEDED_CPU);
    assertThat(item.exceptions())
        .singleElement()
        .returns("Worker exceeded CPU time limit.", TraceItem.ExceptionEntry::message);
    assertThat(before).allMatch(client -> client.answer().text().equals("answered"));
    assertThat(behind).allMatch(client -> client.answer().text().equals("answered"));
  }

  @Test
  void cutsAStreamedAnswerWhoseSourceNeverEnds() {
    TestClient.Answer answer = worker.get("/inAnswerStream").answer();

    assertThat(answer.cut()).isTrue();
    assertThat(answer.text()).isEqualTo("begin");
    assertThat(worker.trace("/inAnswerStream").outcome()).isEqualTo(Outcome.EXCEEDED_CPU);
  }

  @Test
  void keepsTheAnswerOfARequestWhoseBackgroundWorkRunsAway() {
    assertThat(worker.get("/inBackground").answer().text()).isEqualTo("answered");
    assertThat(worker.trace("/inBackground").outcome()).isEqualTo(Outcome.EXCEEDED_CPU);
  }

  @Test
  void staysSilentWhileManyRequestsTogetherUseMore() {
    List<TestClient> busy = IntStream.range(0, 40).mapToObj(i -> worker.get("/busy?" + i)).toList();

    assertThat(busy).allMatch(client -> client.answer().text().equals("answered"));
  }

  private static List<TestClient> bystanders() {
    return IntStream.range(0, 3).mapToObj(i -> worker.get("/bystander")).toList();
  }
}
