package dev.whence.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.cli.config.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionParserTest {
  private static final List<Option> OPTIONS =
      List.of(
          Option.once("--port", "N", "Port."),
          Option.repeated("--var", "K=V", "Variable."),
          Option.flag("--fast", "Fast."));

  @Test
  void readsOptionsInAnyOrderAndBothForms() throws ConfigException {
    Arguments given =
        parse("--var", "A=1", "worker.js", "--port=80", "--fast", "--var=B=2=3", "--fast");
    assertThat(given.operands()).containsExactly("worker.js");
    assertThat(given.value("--port")).isEqualTo("80");
    assertThat(given.all("--var")).containsExactly("A=1", "B=2=3");
    assertThat(given.has("--fast")).isTrue();
  }

  @Test
  void whatIsNotGivenIsAbsent() throws ConfigException {
    Arguments given = parse();
    assertThat(given.operands()).isEmpty();
    assertThat(given.value("--port")).isNull();
    assertThat(given.all("--var")).isEmpty();
    assertThat(given.has("--fast")).isFalse();
  }

  @Test
  void valuesMayBeEmptyOrNegative() throws ConfigException {
    assertThat(parse("--port=").value("--port")).isEmpty();
    assertThat(parse("--port", "").value("--port")).isEmpty();
    assertThat(parse("--port", "-1").value("--port")).isEqualTo("-1");
  }

  @Test
  void nothingAfterTwoDashesIsAnOption() throws ConfigException {
    assertThat(parse("-", "--", "--port", "--").operands()).containsExactly("-", "--port", "--");
  }

  @Test
  void mistakesAreErrors() {
    assertMistake("--port is given twice; give it once", "--port", "1", "--port=2");
    assertMistake("--port needs a value: --port N", "--port");
    assertMistake("--port needs a value: --port N", "--port", "--fast");
    assertMistake("--fast takes no value", "--fast=1");
    assertMistake("unknown option '--prot'; did you mean '--port'?", "--prot=1");
    assertMistake("unknown option '-x'; whence dev --help lists the options", "-x");
  }

  @Test
  void helpFitsTheWidthOfAPage() {
    Option talkative = Option.once("--log-format", "pretty|json|none", "word ".repeat(60).strip());
    List<String> lines = HelpText.ofOptions(List.of(OPTIONS.get(0), talkative)).lines().toList();
    assertThat(lines.get(0)).isEqualTo("  --port N                       Port.");
    assertThat(lines.get(1)).startsWith("  --log-format pretty|json|none  word word");
    assertThat(lines.get(2)).startsWith(" ".repeat(33) + "word");
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(String.join(" ", lines).split("word", -1)).hasSize(61);
  }

  private static Arguments parse(String... arguments) throws ConfigException {
    return OptionParser.parse("whence dev", OPTIONS, List.of(arguments));
  }

  private static void assertMistake(String message, String... arguments) {
    assertThatThrownBy(() -> parse(arguments))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
