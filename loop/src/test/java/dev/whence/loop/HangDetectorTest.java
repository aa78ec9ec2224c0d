package dev.whence.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HangDetectorTest {
  private final LoopHarness harness = new LoopHarness();

  @Test
  void reportsARequestThatOwesAnAnswerAndWaitsForNothing() {
    RequestContext request = harness.open("a");

    harness.run();

    assertThat(harness.hangs.get(request).what()).isEqualTo(Hang.What.ANSWER);
    assertThat(harness.happened).containsExactly("a@1000", "r1 hung@1000");
  }

  @Test
  void staysSilentWhileATimerIsPendingAndJudgesWhenItHasFired() {
    harness.on("a", turn -> harness.loop.startTimer(turn.owner(), 1, 300, "setTimeout"));
    harness.open("a");

    harness.run();

    assertThat(harness.happened).containsExactly("a@1000", "T 1 1@1300", "r1 hung@1300");
  }

  @Test
  void doesNotWaitForOtherRequestsTimers() {
    harness
        .on("slow", turn -> harness.loop.startTimer(turn.owner(), 1, 2_000, "setTimeout"))
        .on("timer 1", turn -> turn.owner().answered());
    harness.open("slow");
    harness.open("stuck");

    harness.run();

    assertThat(harness.happened).contains("r2 hung@1000").contains("r1 done@3000");
  }

  @Test
  void letsHelpThatWasAlreadyQueuedComeFirst() {
    harness.on("job", turn -> turn.owner().answered());
    RequestContext helped = harness.open("helped");
    harness.on(
        "helper",
        turn -> {
          harness.loop.ready(Turn.of(helped, Turn.Kind.JOB, "job"));
          turn.owner().answered();
        });
    harness.open("helper");

    harness.run();

    assertThat(harness.hangs).isEmpty();
  }

  @Test
  void reportsBackgroundWorkThatCanNeverBeDone() {
    harness.on(
        "a",
        turn -> {
          turn.owner().answered();
          turn.owner().setBackgroundWork(1);
        });
    RequestContext request = harness.open("a");

    harness.run();

    assertThat(harness.hangs.get(request).what()).isEqualTo(Hang.What.BACKGROUND);
  }

  @Test
  void reportsABodyThatCanMakeNoProgress() {
    harness.on(
        "a",
        turn -> {
          turn.owner().answered();
          turn.owner().streamOpened();
        });
    RequestContext request = harness.open("a");

    harness.run();

    assertThat(harness.hangs.get(request).what()).isEqualTo(Hang.What.BODY);
  }

  @Test
  void staysSilentWhileTheFollowedRequestCanMakeProgress() {
    harness
        .on("owner", turn -> harness.loop.startTimer(turn.owner(), 1, 500, "setTimeout"))
        .on("timer 1", turn -> turn.owner().answered());
    RequestContext owner = harness.open("owner");
    harness.on("follower", turn -> turn.owner().follow(7, owner));
    RequestContext follower = harness.open("follower");

    harness.run();

    assertThat(harness.happened).startsWith("owner@1000", "follower@1000", "T 1 1@1500");
    assertThat(harness.happened).endsWith("r1 done@1500", "r2 hung@1500");
    assertThat(harness.hangs).containsOnlyKeys(follower);
  }

  @Test
  void reportsBothOfTwoRequestsThatWaitForEachOther() {
    RequestContext first = harness.open("first");
    RequestContext second = harness.open("second");
    harness
        .on("first", turn -> first.follow(1, second))
        .on("second", turn -> second.follow(2, first));

    harness.run();

    assertThat(harness.hangs).containsOnlyKeys(first, second);
    assertThat(harness.hangs.get(first).cycle()).containsExactlyInAnyOrder(first, second);
    assertThat(harness.happened).endsWith("r1 hung@1000", "r2 hung@1000");
  }

  @Test
  void reportsTheRootBeforeThoseThatWaitForIt() {
    RequestContext root = harness.open("root");
    RequestContext middle = harness.open("middle");
    RequestContext top = harness.open("top");
    harness.on("middle", turn -> middle.follow(1, root)).on("top", turn -> top.follow(2, middle));

    harness.run();

    assertThat(harness.hangs.keySet()).containsExactly(root, middle, top);
    assertThat(harness.hangs.values()).allMatch(hang -> hang.cycle().isEmpty());
  }

  @Test
  void doesNotTakeARequestAboveACycleForPartOfIt() {
    RequestContext first = harness.open("first");
    RequestContext second = harness.open("second");
    RequestContext above = harness.open("above");
    harness
        .on("first", turn -> first.follow(1, second))
        .on("second", turn -> second.follow(2, first))
        .on("above", turn -> above.follow(3, first));

    harness.run();

    assertThat(harness.hangs.get(first).cycle()).hasSize(2);
    assertThat(harness.hangs.get(above).cycle()).isEmpty();
    assertThat(harness.hangs.keySet()).last().isSameAs(above);
  }

  @Test
  void staysSilentWhenACycleHasAMemberWithATimer() {
    RequestContext first = harness.open("first");
    RequestContext second = harness.open("second");
    harness
        .on(
            "first",
            turn -> {
              first.follow(1, second);
              harness.loop.startTimer(first, 9, 10, "setTimeout");
            })
        .on("second", turn -> second.follow(2, first))
        .on("timer 9", turn -> first.answered());

    harness.run();

    assertThat(harness.happened).startsWith("first@1000", "second@1000", "T 1 9@1010");
    assertThat(harness.hangs).containsOnlyKeys(second);
  }
}
