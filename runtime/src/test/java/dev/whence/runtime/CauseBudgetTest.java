package dev.whence.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.CauseBudget.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CauseBudgetTest {
  private final CauseBudget budget = new CauseBudget();

  @Test
  void explainsTheFirstOfASecondInFullTheNextInBriefTheRestNotAtAll() {
    assertThat(take(CauseBudget.FULL_PER_SECOND, 5_000)).containsOnly(Level.FULL);
    assertThat(take(CauseBudget.ALL_PER_SECOND - CauseBudget.FULL_PER_SECOND, 5_999))
        .containsOnly(Level.BRIEF);
    assertThat(take(10, 5_999)).containsOnly(Level.NONE);
  }

  @Test
  void beginsAnewWithTheNextSecond() {
    take(CauseBudget.ALL_PER_SECOND + 1, 5_000);

    assertThat(take(1, 5_999)).containsOnly(Level.NONE);
    assertThat(take(1, 6_000)).containsOnly(Level.FULL);
  }

  private Level[] take(int count, long nowMillis) {
    return IntStream.range(0, count).mapToObj(i -> budget.take(nowMillis)).toArray(Level[]::new);
  }
}
