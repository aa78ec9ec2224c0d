package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faulty workers: what goes wrong stays within the request in which it goes wrong. */
class RobustnessTest {
  private static TestWorker worker;

  @BeforeAll
  static void start() {
    worker = TestWorker.of(ScriptFile.read("faulty.js")).date("2025-01-01").start();
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  private static TraceItem itemAfter(String path, int status) {
    TestClient.Answer answer = worker.get(path).answer();
    assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(status);
    return worker.trace(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/strayRejection", "/strayOddRejections", "/lateHandledRejection"})
  void ignoresARejectionThatNobodyHandles(String path) {
    TraceItem item = itemAfter(path, 200);

    assertThat(item.outcome()).isEqualTo(Outcome.OK);
    assertThat(item.exceptions()).isEmpty();
    assertThat(item.logs()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/timerThrows", "/intervalThrows"})
  void recordsWhatATimerThrowsAndGoesOn(String path) {
    TraceItem item = itemAfter(path, 200);

    assertThat(item.outcome()).isEqualTo(Outcome.OK);
    assertThat(item.exceptions())
        .singleElement()
        .returns("RangeError", TraceItem.ExceptionEntry::name)
        .returns("in a timer", TraceItem.ExceptionEntry::message);
  }

  @ParameterizedTest
  @CsvSource({
    "/throwsError, Error, plain",
    "/throwsNull, Error, null",
    "/throwsUndefined, Error, undefined",
    "/throwsText, Error, a text",
    "/throwsNumber, Error, 42",
    "/rejectsLate, TypeError, late",
    "/throwsSubclass, CustomError, custom",
  })
  void failsOnlyTheRequestWhoseHandlerThrows(String path, String name, String message) {
    TraceItem item = itemAfter(path, 500);

    assertThat(item.outcome()).isEqualTo(Outcome.EXCEPTION);
    assertThat(item.exceptions())
        .singleElement()
        .returns(name, TraceItem.ExceptionEntry::name)
        .returns(message, TraceItem.ExceptionEntry::message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/throwsSymbol",
        "/throwsHostileProxy",
        "/throwsRevokedProxy",
        "/throwsHostileError",
        "/throwsHostileStack",
        "/throwsCircular",
        "/throwsNullPrototype",
        "/returnsHostileThenable",
        "/returnsHostileProxy",
        "/returnsRevokedProxy",
        "/returnsFakeResponse",
        "/hostileHeaders",
        "/hostileBody",
        "/deepRecursion",
        "/deepRecursionInMicrotask",
        "/deepRecursionInGetter",
        "/rejectsWithHostileProxy",
        "/hostileSpecies",
        "/returnsHostilePromise",
        "/returnsHostileSpecies",
        "/backgroundHostilePromise",
      })
  void endsAHostileAnswerAsAnException(String path) {
    TraceItem item = itemAfter(path, 500);

    assertThat(item.outcome()).isEqualTo(Outcome.EXCEPTION);
    assertThat(item.exceptions()).hasSize(1);
  }

  @Test
  void namesDeepRecursionARangeError() {
    assertThat(itemAfter("/deepRecursion?named", 500).exceptions())
        .singleElement()
        .returns("RangeError", TraceItem.ExceptionEntry::name);
  }

  @Test
  void survivesHostileLogArguments() {
    TraceItem item = itemAfter("/hostileLogs", 200);

    assertThat(item.outcome()).isEqualTo(Outcome.OK);
    assertThat(item.logs()).isNotEmpty();
    assertThat(item.logs().get(item.logs().size() - 1).messageJson()).isEqualTo("[\"after\"]");
    assertThat(item.toJson()).startsWith("{");
  }

  @Test
  void capsTheLogWithOneNotice() {
    TraceItem item = itemAfter("/floodsLog", 200);

    assertThat(item.truncated()).isTrue();
    assertThat(item.outcome()).isEqualTo(Outcome.OK);
    assertThat(item.logs()).hasSizeLessThan(100_000).filteredOn("level", "warn").hasSize(1);
    assertThat(item.logs().get(item.logs().size() - 1).level()).isEqualTo("warn");
    assertThat(item.logs().stream().mapToInt(line -> line.messageJson().length()).sum())
        .isLessThan(260 * 1024);
  }

  @Test
  void leavesTheLogWholeBelowTheCap() {
    TraceItem item = itemAfter("/logsMuch", 200);

    assertThat(item.truncated()).isFalse();
    assertThat(item.logs()).hasSize(5000);
  }

  @Test
  void capsExceptionsAsWell() {
    TraceItem item = itemAfter("/floodsExceptions", 200);

    assertThat(item.outcome()).isEqualTo(Outcome.OK);
    assertThat(item.exceptions()).hasSizeLessThan(5000);
  }

  @Test
  void refusesTimersBeyondTheLimit() {
    TestClient.Answer answer = worker.get("/tooManyTimers").answer();

    assertThat(answer.text()).isEqualTo("QuotaExceededError after 10000");
  }

  @Test
  void grantsTimersAgainWhenOthersAreCleared() {
    assertThat(worker.get("/timersCleared").answer().text()).isEqualTo("30000 timers");
  }

  @Test
  void servesTheNextRequestAfterEachFault() {
    for (int i = 0; i < 3; i++) {
      worker.get("/throwsHostileProxy?" + i).answer();
      assertThat(worker.get("/fine?" + i).answer().text()).isEqualTo("fine");
    }
  }
}
