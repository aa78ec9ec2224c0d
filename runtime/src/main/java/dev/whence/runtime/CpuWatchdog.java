package dev.whence.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends JavaScript that runs longer than its limit. It looks at every isolate's running turn from
 * outside, every few milliseconds; what counts is the processor time of the isolate's thread, so a
 * busy machine accuses nobody.
 *
 * <p>Thread: any; it has one daemon thread of its own.
 */
final class CpuWatchdog {
  private static final long LOOK_EVERY_NANOS = 10_000_000;
  private static final CpuWatchdog INSTANCE = new CpuWatchdog();

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

  private CpuWatchdog() {
    Thread thread = new Thread(this::watch, "whence-cpu-watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  static CpuWatchdog get() {
    return INSTANCE;
  }

  /** Watches the calling thread, an isolate's. */
  Watch register(Runnable terminate, Runnable cancelTermination) {
    Watch watch = new Watch(Thread.currentThread().getId(), terminate, cancelTermination);
    watches.add(watch);
    return watch;
  }

  private void watch() {
    while (true) {
      LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
      for (Watch watch : watches) {
        watch.look();
      }
    }
  }

  /**
   * One isolate under watch.
   *
   * <p>Thread: {@link #enter} and {@link #leave} the isolate's; {@link #look} the watchdog's;
   * guarded by this.
   */
  final class Watch implements AutoCloseable {
    private final long threadId;
    private final Runnable terminate;
    private final Runnable cancelTermination;
    private boolean running;
    private boolean seen;
    private boolean terminated;
    private long allowanceNanos;
    private long cpuWhenSeen;

    private Watch(long threadId, Runnable terminate, Runnable cancelTermination) {
      this.threadId = threadId;
      this.terminate = terminate;
      this.cancelTermination = cancelTermination;
    }

    /** JavaScript begins to run and may use this much more processor time. */
    synchronized void enter(long nanosAllowed) {
      running = true;
      seen = false;
      terminated = false;
      allowanceNanos = nanosAllowed;
    }

    /** JavaScript has returned. Tells whether it was ended for its processor time. */
    synchronized boolean leave() {
      running = false;
      return terminated;
    }

    /** Takes back a termination that found nothing to end. */
    synchronized void forgive() {
      cancelTermination.run();
    }

    private synchronized void look() {
      if (!running || terminated) {
        return;
      }
      long cpu = threads.getThreadCpuTime(threadId);
      if (!seen) {
        seen = true;
        cpuWhenSeen = cpu;
      } else if (cpu - cpuWhenSeen > allowanceNanos) {
        terminated = true;
        terminate.run();
      }
    }

    @Override
    public void close() {
      watches.remove(this);
    }
  }
}
