package dev.whence.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ColoursTest {

  @Test
  void forceWinsOverNo() {
    assertThat(Colours.of(1, Map.of("FORCE_COLOR", "1", "NO_COLOR", "1"))).isEqualTo(Colours.ON);
    assertThat(Colours.of(1, Map.of("FORCE_COLOR", "", "TERM", "dumb"))).isEqualTo(Colours.ON);
    assertThat(Colours.of(1, Map.of("FORCE_COLOR", "0"))).isEqualTo(Colours.OFF);
  }

  @Test
  void noColourAndDumbTerminalsTurnThemOff() {
    assertThat(Colours.of(1, Map.of("NO_COLOR", "1"))).isEqualTo(Colours.OFF);
    assertThat(Colours.of(1, Map.of("TERM", "dumb"))).isEqualTo(Colours.OFF);
  }
}
