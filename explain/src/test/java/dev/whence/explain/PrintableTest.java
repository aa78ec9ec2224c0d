package dev.whence.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void showsTheCodesOfWhatCannotBeShown() {
    assertThat(Printable.line("a\u001b[1mb\u0007\u009b\u200b\u2066\ufeff\ud800"))
        .isEqualTo("a\\x1b[1mb\\x07\\x9b\\u200b\\u2066\\ufeff\\ud800");
  }

  @Test
  void leavesLettersOfAllLanguagesAlone() {
    assertThat(Printable.line("päth/日本/שלום/\ud83d\ude00")).isEqualTo("päth/日本/שלום/\ud83d\ude00");
  }

  @Test
  void shortensInTheMiddleWithoutSplittingACharacter() {
    assertThat(Printable.middle("0123456789", 10)).isEqualTo("0123456789");
    assertThat(Printable.middle("0123456789", 7)).isEqualTo("01…6789");
    for (int max = 1; max < 9; max++) {
      String shortened = Printable.middle("\ud83d\ude00".repeat(5), max);
      assertThat(Printable.line(shortened)).isEqualTo(shortened);
      assertThat(shortened).hasSizeLessThanOrEqualTo(max);
    }
  }

  @Test
  void wrapsBetweenWords() {
    assertThat(Wrapping.lines("one two three", 7, 9)).isEqualTo(List.of("one two", "three"));
    assertThat(Wrapping.lines("one two three four", 7, 2)).isEqualTo(List.of("one two", "three…"));
    assertThat(Wrapping.lines("a 0123456789", 7, 9)).isEqualTo(List.of("a", "01…6789"));
    assertThat(Wrapping.lines("", 7, 9)).isEqualTo(List.of(""));
  }
}
