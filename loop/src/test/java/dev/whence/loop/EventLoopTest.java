package dev.whence.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventLoopTest {
  private final LoopHarness harness = new LoopHarness();

  @Test
  void runsTurnsInTheOrderInWhichTheyBecameReady() {
    harness.on("a", turn -> turn.owner().answered()).on("b", turn -> turn.owner().answered());
    harness.open("a");
    harness.open("b");

    harness.run();

    assertThat(harness.happened)
        .containsExactly("a@1000", "r1 done@1000", "b@1000", "r2 done@1000");
  }

  @Test
  void letsTheSchedulerChooseTheNextTurn() {
    LoopHarness lastFirst = new LoopHarness(ready -> ready.size() - 1);
    lastFirst.on("a", turn -> turn.owner().answered()).on("b", turn -> turn.owner().answered());
    lastFirst.open("a");
    lastFirst.open("b");

    lastFirst.run();

    assertThat(lastFirst.happened).startsWith("b@1000").contains("a@1000");
  }

  @Test
  void firesTimersByDueTimeThenByCreation() {
    harness
        .on(
            "a",
            turn -> {
              harness.loop.startTimer(turn.owner(), 1, 20, "setTimeout");
              harness.loop.startTimer(turn.owner(), 2, 10, "setTimeout");
              harness.loop.startTimer(turn.owner(), 3, 10, "setTimeout");
            })
        .on("timer 1", turn -> turn.owner().answered());
    harness.open("a");

    harness.run();

    assertThat(harness.happened)
        .containsExactly("a@1000", "T 1 2@1010", "T 1 3@1010", "T 1 1@1020", "r1 done@1020");
  }

  @Test
  void neverFiresATimerThatWasCancelled() {
    harness.on(
        "a",
        turn -> {
          harness.loop.startTimer(turn.owner(), 1, 10, "setTimeout");
          harness.loop.startTimer(turn.owner(), 2, 20, "setTimeout");
          assertThat(harness.loop.cancelTimer(1)).isSameAs(turn.owner());
        });
    harness.on("timer 2", turn -> turn.owner().answered());
    harness.open("a");

    harness.run();

    assertThat(harness.happened).containsExactly("a@1000", "T 1 2@1020", "r1 done@1020");
  }

  @Test
  void dropsTimersAndQueuedTurnsOfARequestThatHasEnded() {
    harness.on(
        "a",
        turn -> {
          harness.loop.startTimer(turn.owner(), 1, 10, "setTimeout");
          harness.loop.ready(Turn.of(turn.owner(), Turn.Kind.JOB, "late"));
          turn.owner().answered();
        });
    harness.open("a");

    harness.run();

    assertThat(harness.happened).containsExactly("a@1000", "r1 done@1000");
  }

  @Test
  void keepsARequestWhileBackgroundWorkIsLeft() {
    harness
        .on(
            "a",
            turn -> {
              turn.owner().answered();
              turn.owner().setBackgroundWork(1);
              harness.loop.startTimer(turn.owner(), 1, 50, "setTimeout");
            })
        .on("timer 1", turn -> turn.owner().setBackgroundWork(0));
    harness.open("a");

    harness.run();

    assertThat(harness.happened).containsExactly("a@1000", "T 1 1@1050", "r1 done@1050");
  }

  @Test
  void meetsADeadlineOnlyWhileItsRequestLives() {
    List<String> met = new ArrayList<>();
    harness
        .on(
            "a",
            turn -> {
              harness.loop.startDeadline(turn.owner(), 5, () -> met.add("a"));
              turn.owner().answered();
            })
        .on(
            "b",
            turn -> {
              harness.loop.startDeadline(turn.owner(), 5, () -> met.add("b"));
              harness.loop.startTimer(turn.owner(), 1, 10, "setTimeout");
            })
        .on("timer 1", turn -> turn.owner().answered());
    harness.open("a");
    harness.open("b");

    harness.run();

    assertThat(met).containsExactly("b");
  }

  @Test
  void takesInArrivalsFromOtherThreadsInTheirOrder() throws InterruptedException {
    int threads = 4;
    int each = 500;
    CountDownLatch submitted = new CountDownLatch(threads);
    List<List<Integer>> seen = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      seen.add(new ArrayList<>());
    }
    for (int i = 0; i < threads; i++) {
      List<Integer> mine = seen.get(i);
      new Thread(
              () -> {
                for (int n = 0; n < each; n++) {
                  int value = n;
                  harness.loop.submit(() -> mine.add(value));
                }
                submitted.countDown();
              })
          .start();
    }
    submitted.await();

    harness.run();

    for (List<Integer> mine : seen) {
      assertThat(mine).hasSize(each).isSorted();
    }
  }

  @Test
  void keepsATimerThatHasTheNumberOfAnotherPendingEvent() {
    harness
        .on(
            "a",
            turn -> {
              harness.loop.startTimer(turn.owner(), 1, 10, "setTimeout");
              turn.owner().start(new PendingEvent(1, PendingEvent.Kind.BODY_WRITE, "a reader"));
              turn.owner().finish(1);
            })
        .on("timer 1", turn -> turn.owner().answered());
    harness.open("a");

    harness.run();

    assertThat(harness.hangs).isEmpty();
    assertThat(harness.happened).endsWith("T 1 1@1010", "r1 done@1010");
  }

  @Test
  void refusesToEndARequestTwice() {
    RequestContext context = harness.loop.open("a");
    harness.loop.end(context);

    assertThatThrownBy(() -> harness.loop.end(context)).hasMessageContaining("r1 ended twice");
  }
}
