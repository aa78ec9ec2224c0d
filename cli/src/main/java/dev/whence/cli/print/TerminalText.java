package dev.whence.cli.print;

/**
 * Text of a worker, or of a client by way of it, made safe for a terminal: colours pass, every
 * other control sequence is shown instead of obeyed.
 */
final class TerminalText {
  private static final char ESCAPE = '\u001b';

  private TerminalText() {}

  /** Lines keep their breaks, each but the first begins with {@code indent}. */
  static String indented(String text, String indent) {
    return indent + clean(text, false).replace("\n", "\n" + indent);
  }

  /** Everything on one line. */
  static String oneLine(String text) {
    return clean(text, true);
  }

  private static String clean(String text, boolean oneLine) {
    StringBuilder clean = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int colourEnd = oneLine ? at : colourEnd(text, at);
      if (colourEnd > at) {
        clean.append(text, at, colourEnd);
        at = colourEnd;
      } else {
        append(clean, text, at, oneLine);
        at++;
      }
    }
    return clean.toString();
  }

  private static void append(StringBuilder clean, String text, int at, boolean oneLine) {
    char c = text.charAt(at);
    boolean beforeLineFeed = at + 1 < text.length() && text.charAt(at + 1) == '\n';
    if (c == '\r' && beforeLineFeed && !oneLine) {
      return;
    }
    if (!Character.isISOControl(c) || (!oneLine && (c == '\n' || c == '\t'))) {
      clean.append(c);
    } else {
      clean.append("\\x").append(String.format("%02x", (int) c));
    }
  }

  /** The end of the colour sequence {@code ESC [ digits m} that begins here; here if none does. */
  private static int colourEnd(String text, int start) {
    if (text.charAt(start) != ESCAPE || !text.startsWith("[", start + 1)) {
      return start;
    }
    int at = start + 2;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == ';')) {
      at++;
    }
    return at < text.length() && text.charAt(at) == 'm' ? at + 1 : start;
  }
}
