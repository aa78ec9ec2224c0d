package dev.whence.junit;

import java.nio.file.Path;

/**
 * The way in.
 *
 * <pre>
 * Whence.explore("src/worker.js").requests("GET /a", "GET /b").assertNoHang();
 * </pre>
 *
 * <p>Thread: any.
 */
public final class Whence {
  private Whence() {}

  /** An exploration of a worker: a file that the working folder, or the test's class path, has. */
  public static Exploration explore(String worker) {
    return new Exploration(WorkerFiles.find(worker));
  }

  /** An exploration of a worker's file. */
  public static Exploration explore(Path worker) {
    return new Exploration(worker);
  }
}
