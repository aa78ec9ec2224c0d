package dev.whence.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final int MAX_AROUND = 5;
  private static final int MAX_WIDTH = 120;

  /** Where V8 ends a line. */
  private static final Pattern LINE_END = Pattern.compile("\\r\\n|[\\n\\r\\u2028\\u2029]");

  private static final String TAB = "  ";
  private static final String RED = "\u001B[31m";
  private static final String FAINT = "\u001B[2m";
  private static final String RESET = "\u001B[0m";

  /** The lines around the place, no others: a bundle may be large. */
  private final List<String> near;

  private final int firstNear;
  private final int line;
  private final int column;

  /**
   * Frames one place.
   *
   * @param line from 1
   * @param column from 1, in UTF-16 units
   */
  public CodeFrame(String source, int line, int column) {
    this.line = line;
    this.column = Math.max(1, column);
    this.firstNear = Math.max(1, line - MAX_AROUND);
    List<String> found = new ArrayList<>();
    Matcher end = LINE_END.matcher(source);
    int start = 0;
    for (int number = 1; start >= 0 && number <= line + MAX_AROUND; number++) {
      boolean isLast = !end.find();
      if (number >= firstNear) {
        found.add(source.substring(start, isLast ? source.length() : end.start()));
      }
      start = isLast ? -1 : end.end();
    }
    this.near = List.copyOf(found);
  }

  /**
   * One line of the source.
   *
   * @param number from 1
   * @param text printable; cut to the width around the place
   * @param caret index of the place in {@code text}, or -1 in the lines around it
   */
  record Row(int number, String text, int caret) {
    boolean isMarked() {
      return caret >= 0;
    }
  }

  /** Lines without colours, each ended by a newline; empty when the text has no such line. */
  public String plain() {
    return render(LINES_AROUND, MAX_WIDTH, false);
  }

  /** The same with ANSI colours. */
  public String coloured() {
    return render(LINES_AROUND, MAX_WIDTH, true);
  }

  /**
   * As above, of another size.
   *
   * @param around lines above and below the place, at most {@value #MAX_AROUND}
   * @param width of the longest line, gutter included
   */
  String render(int around, int width, boolean colour) {
    StringBuilder frame = new StringBuilder();
    int digits = digits(around);
    for (Row row : rows(around, width - digits - "> ".length() - " | ".length())) {
      boolean marked = row.isMarked();
      String gutter = gutter(marked ? ">" : " ", Integer.toString(row.number()), digits);
      append(frame, gutter, row.text(), colour, marked ? RED : FAINT);
      if (marked) {
        append(frame, gutter(" ", "", digits), " ".repeat(row.caret()) + "^", colour, RED);
      }
    }
    return frame.toString();
  }

  /**
   * The lines to show; none when the text has no such line.
   *
   * @param room for the text of a line, in characters
   */
  List<Row> rows(int around, int room) {
    if (line < 1 || line > lastKnown()) {
      return List.of();
    }
    int start = firstShown(room);
    List<Row> rows = new ArrayList<>();
    for (int number = Math.max(1, line - around); number <= last(around); number++) {
      int caret = number == line ? widthBefore(start) : -1;
      rows.add(new Row(number, window(text(number), start, room), caret));
    }
    return rows;
  }

  private int last(int around) {
    return Math.min(lastKnown(), line + around);
  }

  private int lastKnown() {
    return firstNear + near.size() - 1;
  }

  private int digits(int around) {
    return Integer.toString(last(around)).length();
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
    return near.get(number - firstNear);
  }

  /** Index of the first character shown, the same in every line: 0 unless the caret is far out. */
  private int firstShown(int room) {
    int caret = Math.min(column - 1, text(line).length());
    boolean isNear = caret < room && printable(text(line).substring(0, caret)).length() < room - 1;
    return isNear ? 0 : caret - room / 2;
  }

  private int widthBefore(int start) {
    int caret = Math.min(column - 1, text(line).length());
    String before = printable(text(line).substring(Math.min(start, caret), caret));
    return start == 0 ? before.length() : before.length() + 1;
  }

  private static String window(String text, int start, int room) {
    int from = Math.min(start, text.length());
    boolean isCut = text.length() - from > room;
    String shown = printable(text.substring(from, isCut ? from + room : text.length()));
    if (start > 0) {
      shown = "…" + shown;
    }
    return shown.length() > room || isCut
        ? shown.substring(0, Math.min(shown.length(), room - 1)) + "…"
        : shown;
  }

  /** Shows tabs as spaces, and lets no control character reach a terminal. */
  private static String printable(String text) {
    return Printable.replaced(text.replace("\t", TAB), '\uFFFD');
  }
}
