package dev.whence.cli;

import dev.whence.cli.WorkerPlan.TerminalLogs;
import dev.whence.cli.config.ConfigException;
import dev.whence.cli.print.Colours;
import dev.whence.cli.print.PrettyFormat;
import dev.whence.cli.print.StartError;
import dev.whence.cli.print.TraceFormat;
import dev.whence.cli.print.TracePrinter;
import dev.whence.cli.watch.FileContents;
import dev.whence.cli.watch.ReadFiles;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.TraceListener;
import dev.whence.runtime.WorkerStartException;
import dev.whence.server.Recording;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What {@code dev} and {@code serve} share: open ports, a worker behind them, trace items on
 * standard output, and what is said about all that on standard error.
 *
 * <p>Thread: one at a time; {@link #stop} from any.
 */
final class WorkerServer {
  /** How long requests in flight may take to end once the command was asked to stop. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Console console;
  private final WorkerArguments arguments;
  private final TerminalLogs terminalLogs;
  private final @Nullable TracePrinter printer;
  private final Serving serving;
  private ReadFiles files;
  private WorkerPlan plan;

  private WorkerServer(
      Console console, WorkerArguments arguments, Output output, Reading reading, Serving serving) {
    this.console = console;
    this.arguments = arguments;
    this.terminalLogs = output.terminalLogs();
    this.printer = output.printer();
    this.serving = serving;
    this.files = reading.files();
    this.plan = reading.plan();
  }

  private record Output(TerminalLogs terminalLogs, @Nullable TracePrinter printer) {}

  /** What a command shows of the requests. */
  record Usual(LogFormat logFormat, Recording recording) {}

  private record Reading(WorkerPlan plan, ReadFiles files) {}

  /**
   * Reads the project's files and begins to open the ports.
   *
   * @param usual what standard output and the dashboard show unless an option says otherwise
   */
  static WorkerServer open(
      Console console, Serving.Opener opener, WorkerArguments arguments, Usual usual)
      throws ConfigException {
    LogFormat format = arguments.logFormat(usual.logFormat());
    Colours colours = Colours.of(1, console.environment());
    Serving.Address address =
        new Serving.Address(
            arguments.host(), arguments.port(), arguments.adminPort(), arguments.forAuthor());
    ReadFiles files = new ReadFiles();
    WorkerPlan plan = WorkerPlan.make(arguments, format.terminalLogs(colours), files);
    plan.warnings().forEach(console::warn);

    TracePrinter printer = printer(console, format, colours);
    TraceListener traces = printer == null ? item -> {} : printer;
    Output output = new Output(format.terminalLogs(colours), printer);
    Serving serving = opener.open(address, usual.recording(), traces);
    return new WorkerServer(console, arguments, output, new Reading(plan, files), serving);
  }

  /** Starts the worker; when it does not start, tells why and returns false. */
  boolean load() throws InterruptedException {
    try {
      serving.load(plan.source(), plan.options(), this::logStartup);
      return true;
    } catch (WorkerStartException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while the worker was starting");
      }
      Colours colours = Colours.of(2, console.environment());
      console.say(StartError.describe(e, plan.source(), colours));
      return false;
    }
  }

  private void logStartup(TraceItem.Log line) {
    console.say(PrettyFormat.startupLine(line));
  }

  /** Reads the project's files again; the next {@link #load} goes by what they say now. */
  void reread() throws ConfigException {
    files = new ReadFiles();
    plan = WorkerPlan.make(arguments, terminalLogs, files);
    plan.warnings().forEach(console::warn);
  }

  /** The files that the worker was made from, or failed to be made from. */
  FileContents files() {
    return files.contents();
  }

  /** Waits until the ports are open. */
  Serving.Ports awaitPorts() throws ConfigException, InterruptedException {
    try {
      return serving.awaitPorts();
    } catch (Serving.PortException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  void sayReady(Serving.Ports ports) throws ConfigException {
    console.say("Dashboard on http://127.0.0.1:" + ports.adminPort());
    console.say("Ready on http://" + authority(arguments.host(), ports.port()));
  }

  /** Lets the requests in flight end, prints what is left to print, and ends. */
  void stop() {
    int inFlight = serving.inFlight();
    if (inFlight > 0) {
      String requests = inFlight == 1 ? "1 request" : inFlight + " requests";
      console.say("Finishing " + requests + "; Ctrl-C again stops at once.");
    }
    serving.stop(PATIENCE);
    if (printer != null) {
      printer.close();
    }
  }

  private static @Nullable TracePrinter printer(
      Console console, LogFormat format, Colours colours) {
    return switch (format) {
      case PRETTY -> TracePrinter.start(new PrettyFormat(colours), console.out(), console.err());
      case JSON -> TracePrinter.start(TraceFormat.JSON, console.out(), console.err());
      case NONE -> null;
    };
  }

  private static String authority(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
