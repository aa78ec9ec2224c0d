package dev.whence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolReaderTest {
  @Test
  void readsObjectsArraysTextsAndLiterals() {
    assertThat(
            ProtocolReader.read(
                "{\"id\":7,\"result\":{\"list\":[{\"a\":\"x\"},[],{}, true,-1.5e3,null]}}"))
        .isEqualTo(
            Map.of(
                "id",
                "7",
                "result",
                Map.of(
                    "list",
                    List.of(Map.of("a", "x"), List.of(), Map.of(), "true", "-1.5e3", "null"))));
  }

  @Test
  void readsEscapesInTexts() {
    assertThat(ProtocolReader.read("{\"a\":\"\\\"\\\\\\/\\n\\r\\t\\b\\f\\u00e9!\"}"))
        .isEqualTo(Map.of("a", "\"\\/\n\r\t\b\fé!"));
  }

  @Test
  void keepsATextThatLooksLikeTheProtocolApart() {
    Map<String, Object> message =
        ProtocolReader.read(
            "{\"result\":[{\"name\":\"[[Scopes]]\",\"value\":\"\\\"internalProperties\\\":[\"}]}");

    assertThat(ProtocolReader.find(message, "internalProperties")).isNull();
    assertThat(ProtocolReader.find(message, "result")).isInstanceOf(List.class);
  }

  @Test
  void findsNothingBehindAMissingMember() {
    Map<String, Object> message = ProtocolReader.read("{\"a\":{\"b\":\"c\"}}");

    assertThat(ProtocolReader.findText(message, "a", "b")).isEqualTo("c");
    assertThat(ProtocolReader.findText(message, "a", "x", "y")).isNull();
    assertThat(ProtocolReader.findText(message, "a", "b", "c")).isNull();
    assertThat(ProtocolReader.findText(message, "a")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":}",
        "{\"a\":\"",
        "{\"a\":\"\\",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12",
        "{\"a\":[1}",
        "{\"a\":1,}",
        "{} x",
        "{\"a\":\"\\uzzzz\"}"
      })
  void refusesWhatIsNoMessage(String text) {
    assertThatThrownBy(() -> ProtocolReader.read(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesEndlessNesting() {
    String deep = "{\"a\":" + "[".repeat(100_000);

    assertThatThrownBy(() -> ProtocolReader.read(deep))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100");
  }
}
