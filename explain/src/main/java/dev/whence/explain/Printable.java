package dev.whence.explain;

import java.util.Locale;

/**
 * Text of a worker or its client made safe to show: one line that commands no terminal and whose
 * letters stand in the order in which they are written.
 *
 * <p>Thread: any (stateless).
 */
final class Printable {
  private static final String CUT = "…";

  private Printable() {}

  /** On one line; what cannot be shown appears as its code, for example {@code \x1b}. */
  static String line(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' || c == '\t') {
        out.append(' ');
      } else if (isHidden(c) || isLoneSurrogate(text, i)) {
        String pattern = c < 0x100 ? "\\x%02x" : "\\u%04x";
        out.append(String.format(Locale.ROOT, pattern, (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Of the same length. */
  static String replaced(String text, char replacement) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      if (isHidden(out.charAt(i))) {
        out.setCharAt(i, replacement);
      }
    }
    return out.toString();
  }

  /** At most so long: what is left out is in the middle, nearer to the beginning. */
  static String middle(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int head = Math.max(0, (max - CUT.length()) / 3);
    int tail = Math.max(0, max - CUT.length() - head);
    return before(text, head) + CUT + after(text, text.length() - tail);
  }

  /** At most so long: what is left out is at the end. */
  static String clipped(String text, int max) {
    return text.length() <= max
        ? text
        : before(text, Math.max(0, max - CUT.length())).stripTrailing() + CUT;
  }

  private static String before(String text, int end) {
    boolean splits = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, splits ? end - 1 : end);
  }

  private static String after(String text, int start) {
    boolean splits = start < text.length() && Character.isLowSurrogate(text.charAt(start));
    return text.substring(splits ? start + 1 : start);
  }

  /** Controls, line separators, and what reorders text (U+200E and on, U+202A and on, …). */
  private static boolean isHidden(char c) {
    return Character.isISOControl(c)
        || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2060 && c <= 0x206F)
        || c == 0x061C
        || c == 0xFEFF;
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
