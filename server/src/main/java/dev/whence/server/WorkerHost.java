package dev.whence.server;

import dev.whence.runtime.FailurePage;
import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.WorkerRequest;
import dev.whence.server.dashboard.Dashboard;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds the worker that is served, and replaces it without losing a request: new requests go to the
 * new worker, the old one is closed once it has nothing left to do. While no worker could be
 * started, requests are told why.
 *
 * <p>Thread: any; guarded by lock.
 */
public final class WorkerHost implements FetchTarget {

  private final Duration retireTime;
  private final Dashboard dashboard;
  private final AtomicLong served = new AtomicLong();
  // A fetch holds the read lock, so that no worker is retired between being chosen and used.
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private @Nullable LoadedWorker current;
  private String startError = "The worker is still starting.";
  private String name = "";
  private boolean stopped;

  WorkerHost(Duration retireTime, Dashboard dashboard) {
    this.retireTime = retireTime;
    this.dashboard = dashboard;
  }

  /** From now on requests go to this worker. */
  public void replace(LoadedWorker next) {
    LoadedWorker old;
    boolean late;
    // Before its first request, so that the dashboard misses none.
    dashboard.workerStarted(next);
    lock.writeLock().lock();
    try {
      late = stopped;
      old = late ? next : current;
      if (!late) {
        current = next;
        name = next.name();
      }
    } finally {
      lock.writeLock().unlock();
    }
    if (old != null) {
      var unused = retire(old, retireTime);
    }
  }

  /**
   * No worker could be started. Until the next {@link #replace}, requests get a failure answer with
   * this text; a worker that was there keeps nothing but the requests it has.
   *
   * @param name of the worker that should be there
   * @param error what is wrong, for its author; may have several lines
   */
  public void failedToStart(String name, String error) {
    LoadedWorker old;
    lock.writeLock().lock();
    try {
      old = current;
      current = null;
      startError = error;
      this.name = name;
    } finally {
      lock.writeLock().unlock();
    }
    if (old != null) {
      var unused = retire(old, retireTime);
    }
  }

  @Override
  public Runnable fetch(WorkerRequest request, ResponseSink sink) {
    lock.readLock().lock();
    try {
      LoadedWorker worker = current;
      if (worker != null && !stopped) {
        served.incrementAndGet();
        return worker.fetch(request, sink);
      }
    } finally {
      lock.readLock().unlock();
    }
    refuse(sink);
    return WorkerHost::nothingToStop;
  }

  /** The name of the worker, for error pages; empty before there was one. */
  public String name() {
    lock.readLock().lock();
    try {
      return name;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Requests given to workers so far. */
  public long served() {
    return served.get();
  }

  /** Requests of the current worker that have not ended. */
  public int inFlight() {
    lock.readLock().lock();
    try {
      return current == null ? 0 : current.inFlight();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Takes no more requests, waits for those in flight, and closes the worker.
   *
   * @param within after this the rest is cancelled
   */
  CompletableFuture<Void> stop(Duration within) {
    LoadedWorker last;
    lock.writeLock().lock();
    try {
      stopped = true;
      last = current;
      current = null;
      startError = "The server is stopping.";
    } finally {
      lock.writeLock().unlock();
    }
    return last == null ? CompletableFuture.completedFuture(null) : retire(last, within);
  }

  private CompletableFuture<Void> retire(LoadedWorker worker, Duration within) {
    return worker
        .drained()
        .copy()
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .handleAsync(
            (drained, timeout) -> {
              worker.close();
              dashboard.workerClosed(worker);
              return null;
            },
            closing -> new Thread(closing, "whence-retire").start());
  }

  private static void nothingToStop() {}

  private void refuse(ResponseSink sink) {
    String error;
    boolean failed;
    lock.readLock().lock();
    try {
      error = startError;
      failed = !name.isEmpty() && !stopped;
    } finally {
      lock.readLock().unlock();
    }
    sink.failed(FailurePage.of(failed ? 500 : 503, "startup", error, null));
  }
}
