package dev.whence.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
  private static final List<String> KNOWN =
      List.of("--port", "--host", "--log-format", "compatibility_date", "kv_namespaces", "main");

  @ParameterizedTest
  @CsvSource({
    "--prot, --port",
    "--hots, --host",
    "--logformat, --log-format",
    "compatability-date, compatibility_date",
    "KV_NAMESPACE, kv_namespaces",
    "mian, main",
    "amin, main",
  })
  void findsWhatATypingMistakeMeant(String word, String meant) {
    assertThat(DidYouMean.closest(word, KNOWN)).hasValue(meant);
  }

  @ParameterizedTest
  @CsvSource({"--verbose", "x", "'wrangler.toml'", "''"})
  void staysSilentWhenNothingIsClose(String word) {
    assertThat(DidYouMean.closest(word, KNOWN)).isEmpty();
    assertThat(DidYouMean.hint(word, KNOWN)).isEmpty();
  }

  @Test
  void doesNotCompareEndlessWords() {
    assertThat(DidYouMean.closest("--port".repeat(1_000_000), KNOWN)).isEmpty();
  }
}
