package dev.whence.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraceItemTest {
  private static final TraceItem.FetchEvent FETCH =
      new TraceItem.FetchEvent(
          "GET",
          "http://a.test/x?y=1",
          List.of("Host", "a.test", "X-A", "1", "x-a", "2", "Cookie", "s=1"),
          200);

  private static TraceItem item(Outcome outcome, TraceItem.Event event) {
    return new TraceItem(
        outcome,
        "worker",
        event,
        1000,
        List.of(
            new TraceItem.Log("[\"a\",{\"b\":1}]", null, "log", 1001, null),
            new TraceItem.Log("[{}]", "[{\"name\":\"E\"}]", "error", 1002, null)),
        List.of(
            new TraceItem.ExceptionEntry("Error", "say \"no\"\n", null, 1003),
            new TraceItem.ExceptionEntry("TypeError", "x", "    at f (w.js:1:2)", 1004)),
        false,
        3,
        12,
        new TraceItem.Whence("r2", 1));
  }

  @Test
  void isOneLineOfJsonInTheEcosystemsNamesAndOrder() {
    assertThat(item(Outcome.EXCEPTION, FETCH).toJson())
        .isEqualTo(
            "{\"wallTime\":12,\"cpuTime\":3,\"truncated\":false,\"executionModel\":\"stateless\","
                + "\"outcome\":\"exception\",\"scriptName\":\"worker\","
                + "\"diagnosticsChannelEvents\":[],\"exceptions\":["
                + "{\"name\":\"Error\",\"message\":\"say \\\"no\\\"\\n\",\"timestamp\":1003},"
                + "{\"stack\":\"    at f (w.js:1:2)\",\"name\":\"TypeError\",\"message\":\"x\","
                + "\"timestamp\":1004}],\"logs\":["
                + "{\"message\":[\"a\",{\"b\":1}],\"level\":\"log\",\"timestamp\":1001},"
                + "{\"errorInfo\":[{\"name\":\"E\"}],\"message\":[{}],\"level\":\"error\","
                + "\"timestamp\":1002}],\"eventTimestamp\":1000,\"event\":{\"request\":{"
                + "\"url\":\"http://a.test/x?y=1\",\"method\":\"GET\",\"headers\":{"
                + "\"host\":\"a.test\",\"x-a\":\"1, 2\",\"cookie\":\"REDACTED\"},\"cf\":{}},"
                + "\"response\":{\"status\":200}},"
                + "\"whence\":{\"request\":\"r2\",\"isolate\":1}}");
  }

  @Test
  void hasNoResponseWhenNoneWasSent() {
    TraceItem.FetchEvent unanswered =
        new TraceItem.FetchEvent("GET", "http://a.test/", List.of(), 0);

    assertThat(item(Outcome.EXCEPTION, unanswered).toJson()).doesNotContain("\"response\"");
  }

  @Test
  void describesACronTrigger() {
    assertThat(item(Outcome.OK, new TraceItem.ScheduledEvent("* * * * *", 60_000)).toJson())
        .contains("\"event\":{\"cron\":\"* * * * *\",\"scheduledTime\":60000}");
  }
}
