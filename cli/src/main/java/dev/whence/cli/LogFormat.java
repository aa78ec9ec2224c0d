package dev.whence.cli;

import dev.whence.cli.WorkerPlan.TerminalLogs;
import dev.whence.cli.print.Colours;

/** What standard output carries about the requests that ended. */
enum LogFormat {
  /** For people: a line for each request, its logs below it. */
  PRETTY,
  /** For programs: one trace item a line, nothing else. */
  JSON,
  /** Nothing. */
  NONE;

  /** The form of log lines that a worker has to provide for this. */
  TerminalLogs terminalLogs(Colours colours) {
    if (this != PRETTY) {
      return TerminalLogs.NONE;
    }
    return colours == Colours.ON ? TerminalLogs.COLOURED : TerminalLogs.PLAIN;
  }
}
