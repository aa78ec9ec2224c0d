package dev.whence.server.dashboard;

import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import java.util.List;

/** Trace items of requests that never were. */
final class TraceItems {
  private TraceItems() {}

  static TraceItem ended(String request, Outcome outcome, String... exceptions) {
    return new TraceItem(
        outcome,
        "worker",
        new TraceItem.FetchEvent("GET", "http://worker.test/" + request, List.of(), 200),
        1_000,
        List.of(),
        List.of(exceptions).stream()
            .map(message -> new TraceItem.ExceptionEntry("Error", message, null, 1_001))
            .toList(),
        false,
        0,
        5,
        new TraceItem.Whence(request, 1));
  }
}
