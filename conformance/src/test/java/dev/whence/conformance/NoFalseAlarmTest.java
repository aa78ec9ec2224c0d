package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Correct workers under load: each pattern many times at once, in both modes, without a verdict.
 */
class NoFalseAlarmTest {
  private static final int REQUESTS = 200;
  private static final String SCRIPT = ScriptFile.read("patterns.js");

  /** Exports {@code add(i32, i32) -> i32}. */
  private static final byte[] ADD_WASM =
      HexFormat.of()
          .parseHex(
              "0061736d01000000"
                  + "01070160027f7f017f"
                  + "03020100"
                  + "0707010361646400000a09010700200020016a0b");

  private static final Map<CrossRequest, TestWorker> WORKERS = new EnumMap<>(CrossRequest.class);
  private static final Map<CrossRequest, Integer> SENT = new EnumMap<>(CrossRequest.class);

  @BeforeAll
  static void startOneWorkerForEachMode() {
    for (CrossRequest mode : CrossRequest.values()) {
      TestWorker worker =
          TestWorker.of(SCRIPT)
              .module("add.wasm", ADD_WASM)
              .date("2025-01-01")
              .flag("nodejs_compat")
              .mode(mode)
              .start();
      WORKERS.put(mode, worker);
      SENT.put(mode, 0);
    }
  }

  @AfterAll
  static void stopThem() {
    WORKERS.values().forEach(TestWorker::close);
  }

  static Stream<Arguments> patterns() {
    return Pattern.compile("^  (?:async )?(\\w+)(?:\\(text|: \\(text)", Pattern.MULTILINE)
        .matcher(SCRIPT)
        .results()
        .map(match -> match.group(1))
        .flatMap(
            pattern -> Stream.of(CrossRequest.values()).map(mode -> Arguments.of(pattern, mode)));
  }

  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("patterns")
  void answersEachRequestOfACorrectPattern(String pattern, CrossRequest mode) {
    TestWorker worker = WORKERS.get(mode);
    List<TestClient> clients =
        IntStream.range(0, REQUESTS)
            .mapToObj(i -> worker.post("/" + pattern + "?text=answer" + i, "answer" + i))
            .toList();
    List<String> answers =
        clients.stream().map(client -> withoutEcho(client.answer().text())).toList();

    assertThat(answers)
        .containsExactlyElementsOf(
            IntStream.range(0, REQUESTS).mapToObj(i -> "answer" + i).toList());
    assertThat(newItems(mode))
        .hasSize(REQUESTS)
        .allSatisfy(
            item -> {
              assertThat(item.exceptions()).isEmpty();
              assertThat(item.outcome()).isEqualTo(Outcome.OK);
            });
  }

  @ParameterizedTest(name = "in {0}")
  @EnumSource(CrossRequest.class)
  void stillDeclaresHungWhatNothingCanSettle(CrossRequest mode) {
    TestWorker worker = WORKERS.get(mode);
    List<TestClient> clients =
        IntStream.range(0, REQUESTS).mapToObj(i -> worker.get("/hangs?text=" + i)).toList();

    assertThat(clients).allMatch(client -> client.answer().status() == 500);
    assertThat(newItems(mode))
        .hasSize(REQUESTS)
        .allSatisfy(item -> assertThat(item.exceptions()).hasSize(1))
        .allSatisfy(item -> assertThat(item.outcome()).isEqualTo(Outcome.EXCEPTION));
  }

  /** What upstream echoes stands behind the method and path that it was asked for. */
  private static String withoutEcho(String text) {
    return text.replaceFirst("^POST [^ ]+ ", "");
  }

  /** The trace items of the requests that were sent last. */
  private static List<TraceItem> newItems(CrossRequest mode) {
    int sent = SENT.merge(mode, REQUESTS, Integer::sum);
    List<TraceItem> items = WORKERS.get(mode).traces(sent);
    return items.subList(sent - REQUESTS, items.size());
  }
}
