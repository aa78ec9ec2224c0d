package dev.whence.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopObserverTest {
  private final LoopHarness harness = new LoopHarness();
  private final Notes notes = new Notes();

  @Test
  void hearsOfARequestFromItsOpeningToItsEnd() {
    harness.loop.observe(notes);
    harness.on("a", turn -> harness.loop.startTimer(turn.owner(), 7, 50, "setTimeout"));
    harness.on("timer 7", turn -> turn.owner().answered());
    harness.open("a");
    harness.run();
    assertThat(notes.heard)
        .containsExactly(
            "r1 opened",
            "r1 turn ARRIVAL",
            "r1 pending TIMER setTimeout 50 ms",
            "r1 turn over",
            "r1 pending over",
            "r1 turn TIMER",
            "r1 turn over",
            "r1 ended");
  }

  @Test
  void hearsOfAWaitForAnotherRequestsPromise() {
    harness.loop.observe(notes);
    RequestContext owner = harness.loop.open("owner");
    RequestContext waiter = harness.loop.open("waiter");
    waiter.follow(3, owner);
    waiter.finish(3);
    waiter.followInVain(4, owner.id());
    assertThat(notes.heard)
        .containsExactly(
            "r1 opened", "r2 opened", "r2 follows r1", "r2 follow over", "r2 follows r1");
  }

  @Test
  void hearsNothingOfRequestsThatWereThereBefore() {
    RequestContext before = harness.open("before");
    harness.on("before", turn -> before.answered());
    harness.loop.observe(notes);
    harness.run();
    assertThat(harness.happened).contains("r1 done@1000");
    assertThat(notes.heard).isEmpty();
  }

  @Test
  void hearsTheRestOfARequestAfterItHasLeftTheLoop() {
    harness.loop.observe(notes);
    RequestContext context = harness.open("a");
    harness.on("a", turn -> context.answered());
    harness.loop.observe(null);
    harness.open("b");
    harness.run();
    assertThat(notes.heard)
        .containsExactly("r1 opened", "r1 turn ARRIVAL", "r1 turn over", "r1 ended");
  }

  @Test
  void anUnknownEventThatIsFinishedIsNotHeardOf() {
    harness.loop.observe(notes);
    RequestContext context = harness.loop.open("a");
    assertThat(context.finish(99)).isFalse();
    assertThat(notes.heard).containsExactly("r1 opened");
  }

  private static final class Notes implements LoopObserver {
    final List<String> heard = new ArrayList<>();

    @Override
    public void opened(RequestContext context) {
      heard.add(context + " opened");
    }

    @Override
    public void ended(RequestContext context) {
      heard.add(context + " ended");
    }

    @Override
    public void turnStarted(Turn turn) {
      heard.add(turn.owner() + " turn " + turn.kind());
    }

    @Override
    public void turnEnded(Turn turn) {
      heard.add(turn.owner() + " turn over");
    }

    @Override
    public void pendingStarted(RequestContext owner, PendingEvent event) {
      heard.add(owner + " pending " + event.kind() + " " + event.description());
    }

    @Override
    public void pendingFinished(RequestContext owner, long token) {
      heard.add(owner + " pending over");
    }

    @Override
    public void followStarted(RequestContext waiter, long token, RequestId owner) {
      heard.add(waiter + " follows " + owner);
    }

    @Override
    public void followFinished(RequestContext waiter, long token) {
      heard.add(waiter + " follow over");
    }
  }
}
