package dev.whence.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long START = 1_000_000;

  private final RequestTimeline timeline = new RequestTimeline(5_000, START);

  private static long after(long micros) {
    return START + micros * 1_000;
  }

  @Test
  void tellsTurnsPendingEventsAndFollowsInMicroseconds() {
    timeline.turnStarted(after(10));
    timeline.pendingStarted(after(15), 1, "timer", "setTimeout 5 ms");
    timeline.followStarted(after(20), 2, "r7");
    timeline.turnEnded(after(30), "arrival");
    timeline.finished(after(5_015), 1);
    timeline.ended(after(6_000));

    assertThat(timeline.at(after(9_000)).toJson())
        .isEqualTo(
            "{\"start\":5000,\"duration\":6000,"
                + "\"turns\":[{\"at\":10,\"for\":20,\"kind\":\"arrival\"}],"
                + "\"pending\":[{\"at\":15,\"to\":5015,\"kind\":\"timer\","
                + "\"what\":\"setTimeout 5 ms\"}],"
                + "\"follows\":[{\"at\":20,\"owner\":\"r7\"}],\"truncated\":false}");
  }

  @Test
  void lastsUntilNowWhileTheRequestIsInFlight() {
    assertThat(timeline.at(after(40)).durationMicros()).isEqualTo(40);
    assertThat(timeline.at(after(50)).durationMicros()).isEqualTo(50);
  }

  @Test
  void namesThoseItWaitsForNow() {
    timeline.followStarted(after(1), 1, "r1");
    timeline.followStarted(after(2), 2, "r2");
    timeline.followStarted(after(3), 3, "r1");
    assertThat(timeline.followedNow()).containsExactly("r1", "r2");
    timeline.finished(after(4), 2);
    assertThat(timeline.followedNow()).containsExactly("r1");
  }

  @Test
  void isBoundedAndCountsWhatItLeavesOut() {
    for (int i = 0; i < Timeline.LIMIT + 5; i++) {
      timeline.turnStarted(after(i));
      timeline.turnEnded(after(i), "timer");
      timeline.pendingStarted(after(i), i, "timer", "a timer");
      timeline.finished(after(i), i);
      timeline.followStarted(after(i), 10_000 + i, "r1");
    }
    Timeline result = timeline.at(after(1));
    assertThat(result.turns()).hasSize(Timeline.LIMIT);
    assertThat(result.pending()).hasSize(Timeline.LIMIT);
    assertThat(result.follows()).hasSize(Timeline.LIMIT);
    assertThat(result.leftOut()).isEqualTo(15);
    assertThat(result.toJson()).endsWith("\"truncated\":true,\"leftOut\":15}");
  }

  @Test
  void isNotTruncatedAtTheLimit() {
    for (int i = 0; i < Timeline.LIMIT; i++) {
      timeline.turnStarted(after(i));
      timeline.turnEnded(after(i), "timer");
    }
    assertThat(timeline.at(after(1)).truncated()).isFalse();
  }

  @Test
  void hidesSecretsInDescriptionsAndShortensThem() {
    assertThat(TimelineRecorder.shown("fetch GET http://a/0123456789abcdef0123456789abcdef"))
        .isEqualTo("fetch GET http://a/REDACTED");
    assertThat(TimelineRecorder.shown("x/".repeat(500))).hasSize(300).endsWith("…");
    assertThat(TimelineRecorder.shown("a timer of 5 ms")).isEqualTo("a timer of 5 ms");
  }

  @Test
  void requestsInFlightAreListedOldestFirstOverAllIsolates() {
    InFlight both =
        new InFlight(1, List.of(request("r1", 1, 10)), List.of())
            .and(new InFlight(4, List.of(request("r9", 2, 30)), List.of(3)));
    assertThat(both.requests()).extracting(InFlight.Request::request).containsExactly("r9", "r1");
    assertThat(both.total()).isEqualTo(5);
    assertThat(both.toJson())
        .isEqualTo(
            "{\"total\":5,\"busyIsolates\":[3],\"requests\":["
                + "{\"request\":\"r9\",\"isolate\":2,\"method\":\"GET\",\"url\":\"http://a/\","
                + "\"age\":30,\"state\":\"waiting\",\"waitsFor\":[\"a\",\"b\"]},"
                + "{\"request\":\"r1\",\"isolate\":1,\"method\":\"GET\",\"url\":\"http://a/\","
                + "\"age\":10,\"state\":\"waiting\",\"waitsFor\":[\"a\",\"b\"]}]}");
  }

  private static InFlight.Request request(String name, int isolate, long age) {
    return new InFlight.Request(
        name,
        isolate,
        "GET",
        "http://a/",
        age,
        InFlight.State.WAITING,
        false,
        List.of("a", "b"),
        null);
  }
}
