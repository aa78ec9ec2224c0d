package dev.whence.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The house rules for shipped JavaScript that need no parser. */
class JavaScriptStyleTest {
  private static final int MAX_LINES = 450;

  @Test
  void everyFileFollowsTheHouseRules() throws IOException {
    List<String> findings = new ArrayList<>();
    for (Path file : ShippedJavaScript.files()) {
      String text = Files.readString(file);
      String name = ShippedJavaScript.nameOf(file);
      if (!text.startsWith("// @ts-check\n/**")) {
        findings.add(name + ":1: begins with `// @ts-check` and a comment that says what it is");
      }
      if (text.contains("\r")) {
        findings.add(name + ":1: lines end with LF alone");
      }
      if (!text.endsWith("\n")) {
        findings.add(name + ": ends with a newline");
      }
      long lines = text.lines().count();
      if (lines > MAX_LINES) {
        findings.add(name + ":" + lines + ": a file has at most " + MAX_LINES + " lines");
      }
    }
    assertThat(findings).isEmpty();
  }
}
