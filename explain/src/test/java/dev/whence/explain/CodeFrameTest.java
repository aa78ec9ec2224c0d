package dev.whence.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodeFrameTest {
  private static final String SOURCE =
      "export default {\n  async fetch() {\n    return new Response(;\n  },\n};\n\nlast();\n";

  @Test
  void showsTwoLinesBeforeAndAfterWithACaret() {
    assertThat(new CodeFrame(SOURCE, 3, 25).plain())
        .isEqualTo(
            """
              1 | export default {
              2 |   async fetch() {
            > 3 |     return new Response(;
                |                         ^
              4 |   },
              5 | };
            """);
  }

  @Test
  void stopsAtTheEndsOfTheText() {
    assertThat(new CodeFrame("one\r\ntwo", 1, 1).plain())
        .isEqualTo("> 1 | one\n    | ^\n  2 | two\n");
    assertThat(new CodeFrame("one\ntwo", 2, 4).plain())
        .isEqualTo("  1 | one\n> 2 | two\n    |    ^\n");
    assertThat(new CodeFrame("", 1, 1).plain()).isEqualTo("> 1 |\n    | ^\n");
    assertThat(new CodeFrame("one", 9, 1).plain()).isEmpty();
    assertThat(new CodeFrame("one", 1, 99).plain()).isEqualTo("> 1 | one\n    |    ^\n");
  }

  @Test
  void alignsLineNumbers() {
    String source = "a\n".repeat(12);
    assertThat(new CodeFrame(source, 9, 1).plain())
        .contains("   7 | a\n", ">  9 | a\n     | ^\n", "  11 | a\n");
  }

  @Test
  void cutsLongLinesAroundTheCaret() {
    String bundle = "x".repeat(5_000) + "HERE" + "y".repeat(5_000);
    String[] rows = new CodeFrame("short\n" + bundle, 2, 5_001).plain().split("\n");
    assertThat(rows[0]).isEqualTo("  1 | …");
    assertThat(rows[1]).hasSizeLessThanOrEqualTo(120).contains("HERE");
    assertThat(rows[1].charAt(rows[2].indexOf('^'))).isEqualTo('H');
  }

  @Test
  void cutsTheEndOfALongLineWhenTheCaretIsNear() {
    String[] rows = new CodeFrame("z".repeat(500), 1, 3).plain().split("\n");
    assertThat(rows[0]).hasSize(120).endsWith("…");
    assertThat(rows[1]).isEqualTo("    |   ^");
  }

  @Test
  void showsTabsAsSpacesAndNoControlCharacters() {
    assertThat(new CodeFrame("\t\tfoo\u001B[2J", 1, 3).plain())
        .isEqualTo("> 1 |     foo\uFFFD[2J\n    |     ^\n");
  }

  @Test
  void showsNothingThatReordersText() {
    assertThat(new CodeFrame("a\u202eb\u009bc", 1, 1).plain())
        .isEqualTo("> 1 | a\uFFFDb\uFFFDc\n    | ^\n");
  }

  @Test
  void readsOfALargeTextOnlyWhatIsNear() {
    String source = "a\n".repeat(10) + "here\n" + "b\n".repeat(100_000);
    assertThat(new CodeFrame(source, 11, 1).plain())
        .isEqualTo("   9 | a\n  10 | a\n> 11 | here\n     | ^\n  12 | b\n  13 | b\n");
    assertThat(new CodeFrame(source, 100_012, 1).plain())
        .endsWith("  100011 | b\n> 100012 |\n         | ^\n");
  }

  @Test
  void coloursOnlyTheGutterAndTheMark() {
    assertThat(new CodeFrame("a\nb", 2, 1).coloured())
        .isEqualTo(
            "\u001B[2m  1 | \u001B[0ma\n\u001B[31m> 2 | \u001B[0mb\n\u001B[31m    | \u001B[0m^\n");
  }
}
