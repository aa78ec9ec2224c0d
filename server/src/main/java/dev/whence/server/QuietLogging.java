package dev.whence.server;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the libraries off the terminal: a malformed request is the client's affair, not a line in
 * our output. What points to a bug in our own code is let through: what Vert.x calls an error, and
 * what a task on an event loop throws. Whoever configures java.util.logging gets what they asked
 * for.
 *
 * <p>Thread: any.
 */
final class QuietLogging {

  // Held, because the log manager itself forgets loggers that nobody holds.
  private static final Logger VERTX = Logger.getLogger("io.vertx");
  private static final Logger NETTY = Logger.getLogger("io.netty");
  private static final Logger TASKS =
      Logger.getLogger("io.netty.util.concurrent.AbstractEventExecutor");

  private QuietLogging() {}

  /** Called before the first Vert.x is made. */
  static void apply() {
    if (System.getProperty("java.util.logging.config.file") == null
        && System.getProperty("java.util.logging.config.class") == null) {
      VERTX.setLevel(Level.SEVERE);
      NETTY.setLevel(Level.OFF);
      TASKS.setLevel(Level.WARNING);
    }
  }
}
