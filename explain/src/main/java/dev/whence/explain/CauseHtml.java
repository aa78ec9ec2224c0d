package dev.whence.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cause as a fragment of HTML: a {@code <section class="cause">} in which all text is escaped.
 * The page around it brings the style.
 *
 * <p>Thread: any; one value is used once.
 */
public final class CauseHtml {
  /** A page scrolls; these only keep a hostile name from filling it. */
  private static final int LONGEST_PLACE = 400;

  private static final int MAX_HOPS = 20;
  private static final int LINES_AROUND = 3;
  private static final int CODE_WIDTH = 200;

  private final StringBuilder out = new StringBuilder(2048);

  private CauseHtml() {}

  /** The section; {@code class="cause risk"} for an early warning. */
  public static String fragment(Cause cause) {
    return new CauseHtml().section(cause);
  }

  private String section(Cause cause) {
    out.append("<section class=\"cause").append(cause.risk() ? " risk" : "").append("\">\n");
    out.append("<p class=\"summary\"><span class=\"verb\">");
    text(cause.risk() ? "at risk" : cause.kind().wireName()).append("</span> ");
    prose(cause.summary()).append("</p>\n");
    code(cause.code());
    out.append("<dl>\n");
    CardRows.of(cause, LONGEST_PLACE, MAX_HOPS).forEach(this::row);
    out.append("</dl>\n<p class=\"try\"><b>Try</b> ");
    prose(cause.fix()).append("</p>\n");
    note(cause.note());
    return out.append("</section>\n").toString();
  }

  private void row(CardRow row) {
    out.append("<div><dt>");
    text(row.label()).append("</dt>");
    for (String value : row.values()) {
      out.append("<dd>");
      if (row.shape() == CardRow.Shape.PLACES) {
        out.append("<code>");
        text(value).append("</code>");
      } else {
        prose(value);
      }
      out.append("</dd>");
    }
    out.append("</div>\n");
  }

  private void note(@Nullable String note) {
    if (note != null) {
      out.append("<p class=\"note\">");
      prose(note).append("</p>\n");
    }
  }

  private void code(@Nullable Code code) {
    if (code == null) {
      return;
    }
    Site at = code.at();
    List<CodeFrame.Row> rows =
        new CodeFrame(code.source(), at.line(), at.column()).rows(LINES_AROUND, CODE_WIDTH);
    if (rows.isEmpty()) {
      return;
    }
    out.append("<figure><figcaption>");
    text(Printable.line(at.position())).append("</figcaption><pre tabindex=\"0\">");
    rows.forEach(this::line);
    out.append("</pre></figure>\n");
  }

  private void line(CodeFrame.Row row) {
    out.append(row.isMarked() ? "<mark>" : "<span>");
    out.append("<i>").append(row.number()).append("</i>");
    String text = row.text();
    if (row.isMarked()) {
      int start = Math.min(row.caret(), text.length());
      int end = endOfWord(text, start);
      text(text.substring(0, start)).append("<b>");
      text(start == end ? " " : text.substring(start, end)).append("</b>");
      text(text.substring(end));
    } else {
      text(text);
    }
    out.append(row.isMarked() ? "</mark>" : "</span>").append('\n');
  }

  /** The end of the name that begins here, or of the one character. */
  private static int endOfWord(String text, int start) {
    int end = start;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    return end > start ? end : Math.min(start + 1, text.length());
  }

  /** A sentence, in which what stands between backticks is code. */
  private StringBuilder prose(String sentence) {
    String[] parts = Printable.line(sentence).split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean isCode = i % 2 == 1 && i < parts.length - 1;
      if (isCode) {
        out.append("<code>");
        text(parts[i]).append("</code>");
      } else {
        text((i % 2 == 1 ? "`" : "") + parts[i]);
      }
    }
    return out;
  }

  private StringBuilder text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out;
  }
}
