package dev.whence.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenTest {
  @Test
  void holdsTheWholeSchedule() {
    Schedule schedule =
        new Schedule(
            123_456,
            List.of(2, 1, 3),
            1,
            List.of(
                new Deviation(3, "a2"),
                new Deviation(0, "s1.2"),
                new Deviation(12, "t"),
                new Deviation(1, "d1")));
    Token token = new Token(new Token.ReplayPlan(schedule), 'f', "k3f9", List.of("/a", "/b c"));

    Token read = Token.parse(token.text());

    assertThat(read.plan().schedule()).isEqualTo(schedule);
    assertThat(read.mode()).isEqualTo('f');
    assertThat(read.paths()).containsExactly("/a", "/b c");
    assertThat(token.text()).matches("[A-Za-z0-9_.,-]+");
  }

  @Test
  void holdsAScheduleWithoutDeviations() {
    Schedule schedule = new Schedule(1, List.of(1), 0, List.of());
    String text = new Token(new Token.ReplayPlan(schedule), 'c', "0", List.of()).text();

    assertThat(Token.parse(text).plan().schedule()).isEqualTo(schedule);
  }

  @Test
  void refusesWhatIsNoToken() {
    for (String text :
        List.of("", "x", "1.1.c.0.1.0", "2.1.c.0.1.0.0", "1.1.c.0.x.0.0", "1.1.c.0.1.2q9.0")) {
      assertThatThrownBy(() -> Token.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
