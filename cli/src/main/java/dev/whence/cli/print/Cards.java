package dev.whence.cli.print;

import dev.whence.explain.Cause;
import dev.whence.explain.CauseText;
import dev.whence.runtime.TraceItem;
import org.jspecify.annotations.Nullable;

/**
 * The cards below a request: why it hung, what others could hang on because of it, and what is now
 * known of one that hung before.
 *
 * @param colours of standard output
 */
record Cards(Colours colours) {
  private static final String INDENT = "  ";

  /**
   * Appends complete lines, or nothing.
   *
   * @param request as in its line, for example {@code GET /b}
   */
  void append(StringBuilder text, TraceItem.Whence whence, String request) {
    Cause own = whence.cause();
    if (own != null) {
      card(text, own, request);
    }
    whence.risks().forEach(risk -> card(text, risk, request));
    for (TraceItem.Amendment amendment : whence.amends()) {
      String named = TerminalText.oneLine(amendment.request());
      text.append(INDENT)
          .append(colours.yellow("this explains why " + named + " hung before:"))
          .append('\n');
      card(text, amendment.cause(), null);
    }
  }

  private void card(StringBuilder text, Cause cause, @Nullable String subject) {
    String card =
        colours == Colours.ON
            ? CauseText.coloured(cause, subject)
            : CauseText.plain(cause, subject);
    card.lines().forEach(line -> text.append(INDENT).append(line).append('\n'));
  }
}
