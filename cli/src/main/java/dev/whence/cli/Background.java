package dev.whence.cli;

import dev.whence.cli.config.ConfigException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Runs a command's work beside the thread that waits for the command's end, so that a signal is
 * heeded at any time.
 */
final class Background {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Background() {}

  /** A command's work. */
  interface Work {
    void run() throws ConfigException, InterruptedException;
  }

  /**
   * Runs the work on a thread of its own until there is an exit code; then interrupts it and waits
   * until it has ended, because the process must not end while an isolate is being started.
   *
   * @param exit also completed, with the failure, when the work fails
   */
  static int runUntil(CompletableFuture<Integer> exit, Work work) {
    Thread thread = new Thread(() -> run(exit, work), "whence-work");
    thread.setDaemon(true);
    thread.start();
    try {
      return exit.join();
    } finally {
      end(thread);
    }
  }

  private static void run(CompletableFuture<Integer> exit, Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ConfigException | RuntimeException | Error e) {
      exit.completeExceptionally(e);
    }
  }

  private static void end(Thread thread) {
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
