package dev.whence.cli;

import dev.whence.cli.config.ConfigException;
import dev.whence.cli.options.Arguments;
import dev.whence.cli.options.Option;
import dev.whence.cli.watch.FileWatcher;
import dev.whence.server.Recording;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code whence dev}: runs a worker while it is being written, and reloads it when it changes. */
final class DevCommand implements Command {
  /** Said after a start that failed. */
  static final String WAITING = "Waiting for a change.";

  private static final WorkerServer.Usual USUAL =
      new WorkerServer.Usual(LogFormat.PRETTY, Recording.ALWAYS);

  private final Console console;
  private final Serving.Opener opener;
  private final StopSignal stopSignal;

  DevCommand(Console console, Serving.Opener opener, StopSignal stopSignal) {
    this.console = console;
    this.opener = opener;
    this.stopSignal = stopSignal;
  }

  @Override
  public String name() {
    return "dev";
  }

  @Override
  public String summary() {
    return "Runs a worker and reloads it whenever one of its files changes.";
  }

  @Override
  public List<Option> options() {
    return WorkerArguments.OPTIONS;
  }

  @Override
  public int run(Arguments given) throws ConfigException {
    WorkerArguments arguments = new WorkerArguments(given, WorkerArguments.Audience.AUTHOR);
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    stopSignal.onStop(() -> exit.complete(ExitCode.DONE));
    WorkerServer server = WorkerServer.open(console, opener, arguments, USUAL);
    try {
      return Background.runUntil(exit, () -> loadForever(server));
    } finally {
      server.stop();
    }
  }

  private void loadForever(WorkerServer server) throws ConfigException, InterruptedException {
    boolean ready = server.load();
    Serving.Ports ports = server.awaitPorts();
    if (ready) {
      server.sayReady(ports);
    } else {
      console.say(WAITING);
    }
    try (FileWatcher watcher = FileWatcher.open()) {
      while (true) {
        watcher.awaitChange(server.files());
        boolean loaded = reload(server);
        if (loaded && !ready) {
          ready = true;
          server.sayReady(ports);
        }
      }
    }
  }

  private boolean reload(WorkerServer server) throws InterruptedException {
    long start = System.nanoTime();
    try {
      server.reread();
    } catch (ConfigException e) {
      console.complain(String.valueOf(e.getMessage()));
      return false;
    }
    if (!server.load()) {
      return false;
    }
    console.say("Reloaded in " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
    return true;
  }
}
