package dev.whence.server;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;

/** The way from any thread onto an event loop. Thread: any (stateless). */
final class Hop {

  private Hop() {}

  /** Runs a task on a loop, after those that were handed in before. */
  static void to(EventExecutor loop, Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      // The server has stopped and its connections are closed: there is nobody to tell.
    }
  }
}
