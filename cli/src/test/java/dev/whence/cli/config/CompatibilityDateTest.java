package dev.whence.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompatibilityDateTest {

  @Test
  void takesRealDays() throws ConfigException {
    assertThat(CompatibilityDate.parse("2024-02-29", "x")).isEqualTo(LocalDate.of(2024, 2, 29));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31"})
  void refusesDaysThatDoNotExist(String text) {
    assertThatThrownBy(() -> CompatibilityDate.parse(text, "--compatibility-date"))
        .hasMessage(
            "--compatibility-date: there is no day " + text + "; write the date as YYYY-MM-DD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "today", "2024-1-1", "01.02.2024", "2024-01-01T00:00Z", "２０２４-01-01"})
  void refusesOtherForms(String text) {
    assertThatThrownBy(() -> CompatibilityDate.parse(text, "--compatibility-date"))
        .message()
        .startsWith("--compatibility-date: '" + text + "' is not a date; write it as YYYY-MM-DD");
  }
}
