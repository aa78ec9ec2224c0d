package dev.whence.cli;

import dev.whence.cli.config.ConfigException;
import dev.whence.cli.options.Arguments;
import dev.whence.cli.options.Option;
import dev.whence.server.Recording;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code whence serve}: runs a worker in production, its files as they are at the start. */
final class ServeCommand implements Command {
  private static final WorkerServer.Usual USUAL =
      new WorkerServer.Usual(LogFormat.NONE, Recording.WHILE_WATCHED);

  private final Console console;
  private final Serving.Opener opener;
  private final StopSignal stopSignal;

  ServeCommand(Console console, Serving.Opener opener, StopSignal stopSignal) {
    this.console = console;
    this.opener = opener;
    this.stopSignal = stopSignal;
  }

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String summary() {
    return "Serves a worker in production: no watching, no log by default.";
  }

  @Override
  public List<Option> options() {
    return WorkerArguments.OPTIONS;
  }

  @Override
  public int run(Arguments given) throws ConfigException {
    WorkerArguments arguments = new WorkerArguments(given, WorkerArguments.Audience.USERS);
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    stopSignal.onStop(() -> exit.complete(ExitCode.DONE));
    WorkerServer server = WorkerServer.open(console, opener, arguments, USUAL);
    try {
      return Background.runUntil(exit, () -> start(server, exit));
    } finally {
      server.stop();
    }
  }

  private static void start(WorkerServer server, CompletableFuture<Integer> exit)
      throws ConfigException, InterruptedException {
    boolean loaded = server.load();
    Serving.Ports ports = server.awaitPorts();
    if (loaded) {
      server.sayReady(ports);
    } else {
      exit.complete(ExitCode.FAILED);
    }
  }
}
