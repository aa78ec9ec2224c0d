package dev.whence.cli.print;

import dev.whence.explain.Cause;
import dev.whence.explain.CauseText;
import dev.whence.explain.CodeFrame;
import dev.whence.runtime.WorkerSource;
import dev.whence.runtime.WorkerStartException;
import dev.whence.runtime.WorkerStartException.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Shows why a worker did not start: the message, the place, and the lines around it; or the card
 * that explains it.
 *
 * <pre>
 * SyntaxError: Unexpected token '}'
 *     at src/worker.js:12:9
 *
 *   11 |   return {
 * &gt; 12 |   answer }}
 *      |           ^
 * </pre>
 */
public final class StartError {
  private static final String SUBJECT = "The worker";

  private StartError() {}

  /**
   * Several lines without a final line feed.
   *
   * @param source of the worker, for the lines around the place
   */
  public static String describe(WorkerStartException error, WorkerSource source, Colours colours) {
    String message = colours.red(TerminalText.indented(String.valueOf(error.getMessage()), ""));
    Site site = error.site();
    Cause cause = error.explanation();
    if (cause != null) {
      return message + "\n\n" + card(cause, colours).stripTrailing();
    }
    if (site == null) {
      return message;
    }
    String place = TerminalText.oneLine(site.file()) + ":" + site.line() + ":" + site.column();
    String frame = frame(site, text(source, site), colours);
    return message + "\n    at " + place + (frame.isEmpty() ? "" : "\n\n" + frame);
  }

  private static String card(Cause cause, Colours colours) {
    return colours == Colours.ON
        ? CauseText.coloured(cause, SUBJECT)
        : CauseText.plain(cause, SUBJECT);
  }

  private static String frame(Site site, String text, Colours colours) {
    if (text.isEmpty()) {
      return "";
    }
    CodeFrame frame = new CodeFrame(text, site.line(), site.column());
    return (colours == Colours.ON ? frame.coloured() : frame.plain()).stripTrailing();
  }

  /** The file as it is now; empty when it cannot be read. */
  private static String text(WorkerSource source, Site site) {
    try {
      byte[] bytes = source.modules().read(site.file());
      if (bytes != null) {
        return new String(bytes, StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      // The message and the place have to do.
    }
    return "";
  }
}
