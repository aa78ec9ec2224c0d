package dev.whence.cli.print;

import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.TraceItem.Event;
import dev.whence.runtime.TraceItem.ExceptionEntry;
import dev.whence.runtime.TraceItem.FetchEvent;
import dev.whence.runtime.TraceItem.Log;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trace items to print. */
public final class TraceItems {
  private TraceItems() {}

  public static TraceItem get(String path, int status, Outcome outcome) {
    return of(fetch(path, status), outcome, List.of(), List.of());
  }

  static FetchEvent fetch(String path, int status) {
    return new FetchEvent("GET", "http://localhost:8787" + path, List.of(), status);
  }

  static TraceItem of(
      Event event, Outcome outcome, List<Log> logs, List<ExceptionEntry> exceptions) {
    return new TraceItem(
        outcome,
        "shop",
        event,
        1000,
        logs,
        exceptions,
        false,
        2,
        12,
        new TraceItem.Whence("r1", 1));
  }

  static Log log(String level, @Nullable String terminalText) {
    return new Log("[\"json\"]", null, level, 1000, terminalText);
  }
}
