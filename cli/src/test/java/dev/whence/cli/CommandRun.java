package dev.whence.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the whole command line on a server without sockets, as a script of what a user does. */
final class CommandRun {
  final WatchedOutput out = new WatchedOutput();
  final WatchedOutput err = new WatchedOutput();
  final FakeServing serving = new FakeServing();
  private final CompletableFuture<Runnable> stopAction = new CompletableFuture<>();
  private CompletableFuture<Integer> exit = new CompletableFuture<>();

  /** Starts a command on a thread of its own. */
  static CommandRun start(String... arguments) {
    CommandRun run = new CommandRun();
    run.exit = CompletableFuture.supplyAsync(() -> run.execute(arguments));
    return run;
  }

  /** Runs a command that ends by itself. */
  static CommandRun run(String... arguments) throws Exception {
    CommandRun run = start(arguments);
    run.exitCode();
    return run;
  }

  int execute(String... arguments) {
    Console console = new Console(out, new PrintStream(err, true, UTF_8), Map.of("NO_COLOR", "1"));
    return new Whence(console, serving, stopAction::complete).execute(arguments);
  }

  /** Ctrl-C. */
  void interrupt() throws Exception {
    stopAction.get(30, TimeUnit.SECONDS).run();
  }

  int exitCode() throws Exception {
    return exit.get(30, TimeUnit.SECONDS);
  }
}
