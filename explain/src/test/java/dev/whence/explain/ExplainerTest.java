package dev.whence.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.explain.Evidence.Purpose;
import dev.whence.explain.Evidence.Relation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  @Test
  void endsASentenceOnceWhateverAWorkersMessageEndsWith() {
    assertThat(ended("it failed with TypeError: Network connection lost.").summary())
        .isEqualTo(
            "r2 waits for a promise that r1 created, but r1 ended before it was settled:"
                + " it failed with TypeError: Network connection lost.");
    assertThat(ended("the client left").summary()).endsWith("settled: the client left.");
  }

  @Test
  void tellsAnOwnerThatEndedFromOneThatLives() {
    assertThat(ended("the client left").kind()).isEqualTo(CauseKind.OWNER_ENDED);
    assertThat(explain(new Owner("r1", "GET", "/a", Owner.State.WAITING, List.of(), null)).kind())
        .isEqualTo(CauseKind.AWAITS_OTHER_REQUEST);
  }

  private static Cause ended(String how) {
    Owner.End end = new Owner.End(how, 40);
    return explain(new Owner("r1", "GET", "/a", Owner.State.ENDED, List.of(), end));
  }

  private static Cause explain(Owner owner) {
    return Explainer.explain(
        new Evidence(
            "r2",
            Purpose.ANSWER,
            Relation.FOREIGN,
            false,
            CallStack.UNKNOWN,
            CallStack.UNKNOWN,
            owner,
            List.of(),
            null,
            null,
            null,
            List.of(),
            null,
            null,
            false,
            true,
            null));
  }
}
