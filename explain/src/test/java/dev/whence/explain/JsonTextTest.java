package dev.whence.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTextTest {

  @Test
  void escapesWhatIsNoTextInUtf8() {
    StringBuilder out = new StringBuilder();

    JsonText.string(out, "a\uD800b\u0001\uD83D\uDE00");

    assertThat(out).hasToString("\"a\\ud800b\\u0001\uD83D\uDE00\"");
  }

  @Test
  void writesNullForNoText() {
    assertThat(JsonText.string(new StringBuilder(), null)).hasToString("null");
  }

  @Test
  void putsCommasOnlyWhereTheyAreDue() {
    StringBuilder out = new StringBuilder("{");

    JsonText.key(out, "a").append(1);
    JsonText.key(out, "b").append('[');
    JsonText.separate(out).append(2);
    JsonText.separate(out).append(3);

    assertThat(out).hasToString("{\"a\":1,\"b\":[2,3");
  }
}
