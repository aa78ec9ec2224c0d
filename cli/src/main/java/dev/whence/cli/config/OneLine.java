package dev.whence.cli.config;

/** Keeps what the user gave us from breaking or forging the lines that we print. */
public final class OneLine {
  private static final int MAX_LENGTH = 500;

  private OneLine() {}

  /**
   * The text on one line: control characters become spaces, runs of white space shrink to one, and
   * what is longer than a message should be is cut.
   */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
    for (int i = 0; i < text.length() && line.length() < MAX_LENGTH; i++) {
      char c = text.charAt(i);
      boolean space = Character.isISOControl(c) || Character.isWhitespace(c);
      if (!space) {
        line.append(c);
      } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    String cut = line.toString().strip();
    return cut.length() < MAX_LENGTH ? cut : cut + "…";
  }
}
