package dev.whence.conformance.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program {@code ab}, if this machine has it. */
final class ApacheBench {
  private ApacheBench() {}

  /** CI has to have it; elsewhere the test may be left out. */
  static boolean isExpected() {
    return Boolean.parseBoolean(System.getenv("CI"))
        || Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ab")));
  }

  /** What it counted. */
  record Report(int complete, int failed, int non2xx) {
    static Report parse(String text) {
      return new Report(
          number(text, "Complete requests"),
          number(text, "Failed requests"),
          number(text, "Non-2xx responses"));
    }

    private static int number(String text, String label) {
      Matcher found = Pattern.compile(label + ":\\s+(\\d+)").matcher(text);
      return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
  }

  /** {@code ab -n 10 -c 10}. */
  static Report tenAtOnce(int port) throws Exception {
    Process process =
        new ProcessBuilder("ab", "-n", "10", "-c", "10", "http://127.0.0.1:" + port + "/")
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("ab failed: " + text);
    }
    return Report.parse(text);
  }
}
