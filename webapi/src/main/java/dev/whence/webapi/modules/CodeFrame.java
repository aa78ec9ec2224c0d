package dev.whence.webapi.modules;

import java.util.List;
import java.util.Locale;

/**
 * A few lines of source text with a caret below one character, for a terminal or a page.
 *
 * <pre>
 *     10 |   const answer = await ask();
 *   &gt; 11 |   return answer.text(
 *        |                      ^
 *     12 | }
 * </pre>
 *
 * <p>Thread: any (immutable).
 */
public final class CodeFrame {
  private static final int LINES_AROUND = 2;
  private static final int MAX_WIDTH = 120;

  /** Where V8 ends a line. */
  private static final String LINE_END = "\\r\\n|[\\n\\r\\u2028\\u2029]";

  private static final String TAB = "  ";
  private static final String RED = "\u001B[31m";
  private static final String FAINT = "\u001B[2m";
  private static final String RESET = "\u001B[0m";

  private final List<String> lines;
  private final int line;
  private final int column;

  /**
   * Frames one place.
   *
   * @param line from 1
   * @param column from 1, in UTF-16 units
   */
  public CodeFrame(String source, int line, int column) {
    this.lines = List.of(source.split(LINE_END, -1));
    this.line = line;
    this.column = Math.max(1, column);
  }

  /** Lines without colours, each ended by a newline; empty when the text has no such line. */
  public String plain() {
    return render(false);
  }

  /** The same with ANSI colours. */
  public String coloured() {
    return render(true);
  }

  private String render(boolean colour) {
    if (line < 1 || line > lines.size()) {
      return "";
    }
    int first = Math.max(1, line - LINES_AROUND);
    int last = Math.min(lines.size(), line + LINES_AROUND);
    int digits = Integer.toString(last).length();
    int room = MAX_WIDTH - digits - "> ".length() - " | ".length();
    int start = firstShown(room);
    StringBuilder frame = new StringBuilder();
    for (int number = first; number <= last; number++) {
      boolean isFaulty = number == line;
      String gutter = gutter(isFaulty ? ">" : " ", Integer.toString(number), digits);
      append(frame, gutter, window(text(number), start, room), colour, isFaulty ? RED : FAINT);
      if (isFaulty) {
        String caret = " ".repeat(widthBefore(start)) + "^";
        append(frame, gutter(" ", "", digits), caret, colour, RED);
      }
    }
    return frame.toString();
  }

  private static void append(
      StringBuilder frame, String gutter, String text, boolean colour, String gutterColour) {
    String row = (gutter + text).stripTrailing();
    if (colour && row.length() >= gutter.stripTrailing().length()) {
      int split = Math.min(gutter.length(), row.length());
      frame.append(gutterColour).append(row, 0, split).append(RESET).append(row.substring(split));
    } else {
      frame.append(row);
    }
    frame.append('\n');
  }

  private static String gutter(String mark, String number, int digits) {
    return String.format(Locale.ROOT, "%s %" + digits + "s | ", mark, number);
  }

  private String text(int number) {
    return lines.get(number - 1);
  }

  /** Index of the first character shown, the same in every line: 0 unless the caret is far out. */
  private int firstShown(int room) {
    int caret = Math.min(column - 1, text(line).length());
    return printable(text(line).substring(0, caret)).length() < room - 1 ? 0 : caret - room / 2;
  }

  private int widthBefore(int start) {
    int caret = Math.min(column - 1, text(line).length());
    String before = printable(text(line).substring(Math.min(start, caret), caret));
    return start == 0 ? before.length() : before.length() + 1;
  }

  private static String window(String text, int start, int room) {
    String shown = printable(text.substring(Math.min(start, text.length())));
    if (start > 0) {
      shown = "…" + shown;
    }
    return shown.length() <= room ? shown : shown.substring(0, room - 1) + "…";
  }

  /** Shows tabs as spaces, and lets no control character reach a terminal. */
  private static String printable(String text) {
    return text.replace("\t", TAB).replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
