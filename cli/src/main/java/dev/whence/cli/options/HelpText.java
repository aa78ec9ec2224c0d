package dev.whence.cli.options;

import java.util.List;

/** Help texts: names on the left, what they mean on the right. Thread: any (stateless). */
public final class HelpText {
  private static final int WIDTH = 100;

  private HelpText() {}

  /** A line or more for each option, without an end of line after the last. */
  public static String ofOptions(List<Option> options) {
    int column = options.stream().mapToInt(option -> option.usage().length()).max().orElse(0) + 4;
    StringBuilder text = new StringBuilder();
    for (Option option : options) {
      text.append(text.isEmpty() ? "" : "\n").append(row(option.usage(), option, column));
    }
    return text.toString();
  }

  private static String row(String usage, Option option, int column) {
    StringBuilder text = new StringBuilder("  " + usage);
    pad(text, column);
    int lineStart = 0;
    for (String word : option.description().split(" ")) {
      if (text.length() - lineStart + word.length() > WIDTH) {
        text.setLength(text.length() - 1);
        lineStart = text.length() + 1;
        text.append('\n');
        pad(text, lineStart + column);
      }
      text.append(word).append(' ');
    }
    text.setLength(text.length() - 1);
    return text.toString();
  }

  private static void pad(StringBuilder text, int length) {
    while (text.length() < length) {
      text.append(' ');
    }
  }
}
