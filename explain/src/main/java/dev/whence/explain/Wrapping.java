package dev.whence.explain;

import java.util.ArrayList;
import java.util.List;

/**
 * Breaks a sentence into lines between its words. A word that is longer than a line is shortened.
 *
 * <p>Thread: any (stateless).
 */
final class Wrapping {
  private Wrapping() {}

  /**
   * At least one line.
   *
   * @param text on one line
   * @param maxLines the last one ends in an ellipsis if there is more to say
   */
  static List<String> lines(String text, int room, int maxLines) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split(" +", -1)) {
      String fitting = Printable.middle(word, room);
      if (line.length() > 0 && line.length() + 1 + fitting.length() > room) {
        if (lines.size() + 1 == maxLines) {
          lines.add(Printable.clipped(line + " " + fitting, room));
          return lines;
        }
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(fitting);
    }
    lines.add(line.toString());
    return lines;
  }
}
