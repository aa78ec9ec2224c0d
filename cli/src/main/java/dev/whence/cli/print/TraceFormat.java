package dev.whence.cli.print;

import dev.whence.runtime.TraceItem;

/** Turns a trace item into text. Thread: any; implementations are immutable. */
@FunctionalInterface
public interface TraceFormat {
  /** One trace item a line: what programs read. */
  TraceFormat JSON = item -> item.toJson() + "\n";

  /** Complete lines, each with its line feed. */
  String format(TraceItem item);
}
