package dev.whence.explain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cause for a terminal or a text answer: at most {@value #MAX_LINES} lines, which no name that a
 * worker or a client chose can break.
 *
 * <pre>
 * GET /b hung: r2 waits for a promise that r1 created; only r1 can settle it.
 *   awaited at   handleRequest (worker.js:11:3)
 *   created at   sleep (worker.js:18:13)
 *   created by   r1 (GET /a), which waits for setTimeout 20000 ms (worker.js:19:5)
 *   kept in      module variable `blocker` of worker.js
 *     10 |   const started = Date.now();
 *   &gt; 11 |   await blocker;
 *        |   ^
 *     12 |   return new Response("done");
 *   try          await per request, or keep the settled value instead of the promise
 * </pre>
 *
 * <p>Thread: any; one value is used once.
 */
public final class CauseText {
  static final int MAX_LINES = 25;

  /** Leaves room for an indent within 100 columns. */
  private static final int WIDTH = 96;

  private static final String INDENT = "  ";
  private static final int LABEL = 13;
  private static final int LONGEST_SUBJECT = 60;

  private final Cause cause;
  private final String subject;
  private final Paint paint;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  private CauseText(Cause cause, String subject, Paint paint, int width) {
    this.cause = cause;
    this.subject = subject;
    this.paint = paint;
    this.width = width;
  }

  /**
   * Without colours.
   *
   * @param subject what failed, as its reader knows it: {@code GET /b}; null for its name
   * @return lines, each ended by a line feed
   */
  public static String plain(Cause cause, @Nullable String subject) {
    return render(cause, subject, Paint.OFF, WIDTH);
  }

  /** The same with ANSI colours. */
  public static String coloured(Cause cause, @Nullable String subject) {
    return render(cause, subject, Paint.ON, WIDTH);
  }

  /**
   * As wide as wanted.
   *
   * @param width at least 40
   */
  static String render(Cause cause, @Nullable String subject, Paint paint, int width) {
    String shown = subject == null ? cause.request() : subject;
    for (Detail detail : Detail.values()) {
      CauseText text = new CauseText(cause, shown, paint, width);
      text.card(detail);
      if (text.lines.size() <= MAX_LINES || detail == Detail.LEAST) {
        return String.join("\n", text.lines.subList(0, Math.min(text.lines.size(), MAX_LINES)))
            + "\n";
      }
    }
    throw new IllegalStateException("a card has no form");
  }

  /** How much is said where there is much to say. */
  private enum Detail {
    FULL(4, 2, 5, 2),
    LESS(3, 2, 3, 2),
    LEAST(2, 1, 2, 1);

    /** Lines of a sentence in the headline, in `try` and in `note`. */
    final int textLines;

    final int valueLines;
    final int hops;
    final int codeAround;

    Detail(int textLines, int valueLines, int hops, int codeAround) {
      this.textLines = textLines;
      this.valueLines = valueLines;
      this.hops = hops;
      this.codeAround = codeAround;
    }
  }

  private void card(Detail detail) {
    headline(detail.textLines);
    int room = width - INDENT.length() - LABEL;
    for (CardRow row : CardRows.of(cause, room, detail.hops)) {
      row(row, detail.valueLines);
    }
    code(detail.codeAround);
    row(CardRow.sentence("try", Printable.line(cause.fix())), detail.textLines);
    String note = cause.note();
    if (note != null) {
      row(CardRow.sentence("note", Printable.line(note)), detail.textLines);
    }
  }

  private void headline(int maxLines) {
    String who = Printable.middle(Printable.line(subject), LONGEST_SUBJECT);
    String what = who + " " + CardRows.verb(cause) + ":";
    List<String> wrapped =
        Wrapping.lines(
            what + " " + Printable.line(cause.summary()), width - INDENT.length(), maxLines);
    boolean first = true;
    for (String line : wrapped) {
      // What it says first may itself be wrapped, in a narrow terminal.
      int painted = first ? Math.min(what.length(), line.length()) : 0;
      String head = line.substring(0, painted);
      String rest = line.substring(painted);
      lines.add((first ? "" : INDENT) + (head.isEmpty() ? "" : alarm(head)) + rest);
      first = false;
    }
  }

  private String alarm(String text) {
    return cause.risk() ? paint.warning(text) : paint.failure(text);
  }

  private void row(CardRow row, int maxLines) {
    int room = width - INDENT.length() - LABEL;
    List<String> shown = new ArrayList<>();
    for (String value : row.values()) {
      if (row.shape() == CardRow.Shape.PLACES) {
        shown.add(Printable.clipped(value, room));
      } else {
        shown.addAll(Wrapping.lines(value, room, maxLines));
      }
    }
    String label = row.label();
    for (String line : shown) {
      String padding = " ".repeat(Math.max(1, LABEL - label.length()));
      String painted =
          label.isEmpty() ? "" : label.equals("try") ? paint.advice(label) : paint.label(label);
      lines.add(INDENT + painted + padding + line);
      label = "";
    }
  }

  private void code(int around) {
    Code code = cause.code();
    if (code == null) {
      return;
    }
    CodeFrame frame = new CodeFrame(code.source(), code.at().line(), code.at().column());
    frame
        .render(around, width - INDENT.length(), paint == Paint.ON)
        .lines()
        .forEach(line -> lines.add(INDENT + line));
  }
}
