package dev.whence.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private static final Schedule LARGE =
      new Schedule(
          1,
          List.of(1, 2, 3, 4),
          2,
          List.of(
              new Deviation(1, "a2"),
              new Deviation(2, "d1"),
              new Deviation(0, "a3"),
              new Deviation(4, "t"),
              new Deviation(1, "a4")));

  private static boolean has(Schedule schedule, String key) {
    return schedule.deviations().stream().anyMatch(deviation -> deviation.key().equals(key));
  }

  @Test
  void dropsRequestsFaultsAndDeviationsThatDoNotMatter() throws Exception {
    Schedule small =
        Shrinker.shrink(
            LARGE,
            schedule ->
                schedule.requests().contains(1)
                    && schedule.requests().contains(3)
                    && has(schedule, "a3"));

    assertThat(small.requests()).containsExactlyInAnyOrder(1, 3);
    assertThat(small.warm()).isZero();
    assertThat(small.deviations()).containsExactly(new Deviation(0, "a3"));
  }

  @Test
  void keepsWhatMatters() throws Exception {
    Schedule small =
        Shrinker.shrink(
            LARGE,
            schedule ->
                schedule.warm() == 2
                    && has(schedule, "d1")
                    && has(schedule, "t")
                    && schedule.requests().size() == 4);

    assertThat(small.warm()).isEqualTo(2);
    assertThat(small.deviations()).extracting(Deviation::key).containsExactly("d1", "t");
  }
}
