package dev.whence.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevVarsTest {

  @Test
  void readsEveryFormOfValue() throws ConfigException {
    String text =
        """
        # secrets
        PLAIN=one two
        SPACED =  padded
        COMMENTED=value # not this
        export EXPORTED=yes
        EMPTY=
        SINGLE='a # b\\n'
        DOUBLE="tab\\nline and \\"quotes\\"" # comment
        BACKTICK=`it's "all" fine`
        URL=https://example.com/?a=b&c=d
        KEY="-----BEGIN KEY-----
        abc
        -----END KEY-----"
        dotted.name-1: yaml like
        LAST=end""";
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("PLAIN", "one two");
    expected.put("SPACED", "padded");
    expected.put("COMMENTED", "value");
    expected.put("EXPORTED", "yes");
    expected.put("EMPTY", "");
    expected.put("SINGLE", "a # b\\n");
    expected.put("DOUBLE", "tab\nline and \"quotes\"");
    expected.put("BACKTICK", "it's \"all\" fine");
    expected.put("URL", "https://example.com/?a=b&c=d");
    expected.put("KEY", "-----BEGIN KEY-----\nabc\n-----END KEY-----");
    expected.put("dotted.name-1", "yaml like");
    expected.put("LAST", "end");
    assertThat(DevVars.parse(".dev.vars", text)).containsExactlyEntriesOf(expected);
  }

  @Test
  void readsWindowsLineEnds() throws ConfigException {
    assertThat(DevVars.parse(".dev.vars", "A=1\r\n\r\n# c\r\nB='2'\r\nC=\r\nD=4"))
        .isEqualTo(Map.of("A", "1", "B", "2", "C", "", "D", "4"));
  }

  @Test
  void theLastOfTwoValuesCounts() throws ConfigException {
    assertThat(DevVars.parse(".dev.vars", "A=1\nA=2\n")).isEqualTo(Map.of("A", "2"));
  }

  @Test
  void aPathThatEndsInABackslashIsAValue() throws ConfigException {
    assertThat(DevVars.parse(".dev.vars", "A='C:\\'\n")).isEqualTo(Map.of("A", "C:\\"));
  }

  @Test
  void mistakesAreToldWithTheirLine() {
    assertMistake("A=1\nnonsense\n", "2: expected NAME=VALUE");
    assertMistake("A=1\n\n=2\n", "3: expected NAME=VALUE");
    assertMistake("A=1\nB=\"open\nC=3\n", "2: the quote \" is never closed");
    assertMistake("A='a' b\n", "1: text follows the closing quote '; only a comment may");
  }

  private static void assertMistake(String text, String message) {
    assertThatThrownBy(() -> DevVars.parse(".dev.vars", text))
        .isInstanceOf(ConfigException.class)
        .hasMessage(".dev.vars:" + message);
  }

  @Test
  void longFilesAreReadInOneGo() throws ConfigException {
    assertThat(DevVars.parse(".dev.vars", "#\n".repeat(400_000) + "A=1")).hasSize(1);
    assertThat(DevVars.parse(".dev.vars", "A='" + "\\'x".repeat(200_000) + "'")).hasSize(1);
    assertThat(DevVars.parse(".dev.vars", "A=" + " ".repeat(900_000) + "#")).hasSize(1);
  }

  @Test
  void theFileOfTheEnvironmentIsPreferred(@TempDir Path folder) throws Exception {
    assertThat(DevVars.read(DevVars.candidates(folder, "qa"))).isEmpty();
    Files.writeString(folder.resolve(".dev.vars"), "A=common\nB=common\n");
    assertThat(DevVars.read(DevVars.candidates(folder, "qa")))
        .isEqualTo(Map.of("A", "common", "B", "common"));
    Files.writeString(folder.resolve(".dev.vars.qa"), "A=qa\n");
    assertThat(DevVars.read(DevVars.candidates(folder, "qa"))).isEqualTo(Map.of("A", "qa"));
    assertThat(DevVars.read(DevVars.candidates(folder, null))).containsEntry("A", "common");
  }
}
