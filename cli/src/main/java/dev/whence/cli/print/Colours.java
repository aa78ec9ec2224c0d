package dev.whence.cli.print;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether a stream should be coloured, and the colours. Thread: any (immutable). */
public enum Colours {
  ON,
  OFF;

  private static final String ESCAPE = "\u001b[";

  /**
   * Decides for a standard stream: {@code FORCE_COLOR} wins, then {@code NO_COLOR}, then whether
   * the stream is a terminal.
   *
   * @param descriptor 1 for standard output, 2 for standard error
   */
  public static Colours of(int descriptor, Map<String, String> environment) {
    String force = environment.get("FORCE_COLOR");
    if (force != null) {
      return force.equals("0") || force.equals("false") ? OFF : ON;
    }
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()
        || environment.getOrDefault("TERM", "").equals("dumb")) {
      return OFF;
    }
    return isTerminal(descriptor) ? ON : OFF;
  }

  // From Java 22 on, a console says nothing about terminals any more, hence the version check.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      }
    } catch (IOException e) {
      return false;
    }
    return Runtime.version().feature() < 22 && System.console() != null;
  }

  String red(String text) {
    return paint("31", text);
  }

  String green(String text) {
    return paint("32", text);
  }

  String yellow(String text) {
    return paint("33", text);
  }

  String dim(String text) {
    return paint("2", text);
  }

  String bold(String text) {
    return paint("1", text);
  }

  private String paint(String code, String text) {
    return this == ON ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
