package dev.whence.cli.print;

import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.TraceItem.ExceptionEntry;
import dev.whence.runtime.TraceItem.FetchEvent;
import dev.whence.runtime.TraceItem.Log;
import dev.whence.runtime.TraceItem.ScheduledEvent;
import java.util.stream.Collectors;

/**
 * Trace items for people: a line for each request, below it what it logged, what it threw, and why
 * it hung.
 *
 * <pre>
 * GET /b 500 exception 1 ms
 *   looking for the cart
 *   TypeError: cart is undefined
 *       at fetch (worker.js:12:5)
 * </pre>
 *
 * @param colours of standard output
 */
public record PrettyFormat(Colours colours) implements TraceFormat {
  private static final String INDENT = "  ";

  @Override
  public String format(TraceItem item) {
    StringBuilder text = new StringBuilder();
    text.append(event(item.event(), item))
        .append(' ')
        .append(outcome(item))
        .append(' ')
        .append(colours.dim(item.wallMillis() + " ms"))
        .append('\n');
    item.logs().forEach(log -> text.append(log(log)).append('\n'));
    item.exceptions().forEach(thrown -> text.append(exception(thrown)));
    if (item.truncated()) {
      text.append(INDENT)
          .append(colours.dim("(log limit reached, the rest is missing)"))
          .append('\n');
    }
    new Cards(colours).append(text, item.whence(), name(item.event()));
    return text.toString();
  }

  /** A line that a worker logs at start-up, outside of any request. */
  public static String startupLine(Log log) {
    return TerminalText.indented(text(log), "");
  }

  private String event(TraceItem.Event event, TraceItem item) {
    String name = colours.bold(TerminalText.oneLine(name(event)));
    return event instanceof FetchEvent fetch
        ? name + " " + status(fetch.status(), item.outcome())
        : name;
  }

  private static String name(TraceItem.Event event) {
    return event instanceof FetchEvent fetch
        ? fetch.method() + " " + path(fetch.url())
        : "scheduled " + ((ScheduledEvent) event).cron();
  }

  /** The status the client got: a worker that fails before it answers gets one from the runtime. */
  private String status(int sent, Outcome outcome) {
    int status = sent != 0 ? sent : statusOfFailure(outcome);
    if (status == 0) {
      return colours.dim("-");
    }
    String text = Integer.toString(status);
    return status < 400
        ? colours.green(text)
        : status < 500 ? colours.yellow(text) : colours.red(text);
  }

  private static int statusOfFailure(Outcome outcome) {
    return switch (outcome) {
      case EXCEPTION, INTERNAL_ERROR -> 500;
      case EXCEEDED_CPU, EXCEEDED_MEMORY, LOAD_SHED -> 503;
      case OK, CANCELED, RESPONSE_STREAM_DISCONNECTED -> 0;
    };
  }

  private String outcome(TraceItem item) {
    String name = item.outcome().wireName();
    if (item.failed()) {
      return colours.red(name);
    }
    return item.outcome() == Outcome.OK ? name : colours.yellow(name);
  }

  private String log(Log log) {
    String indented = TerminalText.indented(text(log), INDENT);
    return switch (log.level()) {
      case "error" -> colours.red(indented);
      case "warn" -> colours.yellow(indented);
      case "debug" -> colours.dim(indented);
      default -> indented;
    };
  }

  private static String text(Log log) {
    String text = log.terminalText();
    return text == null ? log.messageJson() : text;
  }

  private String exception(ExceptionEntry thrown) {
    String head =
        thrown.message().isEmpty() ? thrown.name() : thrown.name() + ": " + thrown.message();
    String text = colours.red(TerminalText.indented(head, INDENT)) + "\n";
    if (thrown.stack() == null || thrown.stack().isBlank()) {
      return text;
    }
    String frames = thrown.stack().lines().map(String::strip).collect(Collectors.joining("\n"));
    return text + colours.dim(TerminalText.indented(frames.strip(), INDENT + "    ")) + "\n";
  }

  /** Path and query, as the request line had them. */
  private static String path(String url) {
    int host = url.indexOf("://");
    int path = url.indexOf('/', host < 0 ? 0 : host + 3);
    return path < 0 ? url : url.substring(path);
  }
}
