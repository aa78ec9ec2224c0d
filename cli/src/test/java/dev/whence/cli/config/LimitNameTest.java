package dev.whence.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.runtime.Limits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitNameTest {

  @Test
  void whatIsNotGivenKeepsItsDefault() {
    assertThat(LimitName.toLimits(Map.of())).isEqualTo(Limits.defaults());
    Limits limits = LimitName.toLimits(Map.of(LimitName.CPU_MS, 50, LimitName.LOG_BYTES, 0));
    assertThat(limits.cpu()).isEqualTo(Duration.ofMillis(50));
    assertThat(limits.logBytes()).isZero();
    assertThat(limits.memoryMb()).isEqualTo(Limits.defaults().memoryMb());
  }

  @Test
  void everyLimitHasAName() {
    assertThat(LimitName.values()).hasSameSizeAs(Limits.class.getRecordComponents());
  }

  @Test
  void knowsBothSpellings() throws ConfigException {
    assertThat(LimitName.named("waitUntilMs", "x")).isEqualTo(LimitName.WAIT_UNTIL_MS);
    assertThat(LimitName.named("wait_until_ms", "x")).isEqualTo(LimitName.WAIT_UNTIL_MS);
  }

  @Test
  void anUnknownNameIsAnErrorThatListsTheKnown() {
    assertThatThrownBy(() -> LimitName.named("cpuMS", "--limit"))
        .hasMessage(
            "--limit: unknown limit 'cpuMS'; did you mean 'cpuMs'? the limits are cpuMs, memoryMb,"
                + " startupMs, waitUntilMs, subrequests, timers, inFlight, logBytes");
  }

  @Test
  void refusesWhatIsNoSensibleNumber() throws ConfigException {
    assertThat(LimitName.TIMERS.parse("0", "x")).isZero();
    for (String value : new String[] {"0", "-1", "1.5", "1e3", "", "+5", "99999999999", "ten"}) {
      assertThatThrownBy(() -> LimitName.IN_FLIGHT.parse(value, "--limit"))
          .hasMessage(
              "--limit: inFlight must be a whole number from 1 to 2147483647, but is '"
                  + value
                  + "'");
    }
  }
}
