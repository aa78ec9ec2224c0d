package dev.whence.server.dashboard;

import dev.whence.runtime.InFlight;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What workers did, on its way to the open dashboards: observed, sampled, remembered for those that
 * are opened later, and sent four times a second.
 *
 * <p>Thread: any; guarded by this.
 */
final class Feed {
  static final long ROUND_MILLIS = 250;

  /** Above this rate, ordinary requests are sampled. */
  static final int SAMPLING_ABOVE = 100;

  /** Dashboards open at the same time. */
  static final int VIEWERS = 16;

  /** Requests in flight that are listed. */
  static final int LISTED = 200;

  private static final int MATTERING_PER_ROUND = 500;
  private static final int HISTORY_REQUESTS = 400;
  private static final long HISTORY_CHARACTERS = 16 << 20;

  private final boolean recordsAlways;
  private final Sampler sampler =
      new Sampler(
          (int) (SAMPLING_ABOVE * ROUND_MILLIS / 1_000),
          MATTERING_PER_ROUND,
          new SplittableRandom());
  private final Backlog history = new Backlog(HISTORY_REQUESTS, HISTORY_CHARACTERS);
  private final Map<ObservedWorker, Runnable> observed = new LinkedHashMap<>();
  private final List<ObservedWorker> workers = new ArrayList<>();
  private final Set<Viewer> viewers = new LinkedHashSet<>();
  private boolean asking;
  private @Nullable String inFlight;

  /**
   * A feed without workers.
   *
   * @param recordsAlways false: only while a dashboard is open, so that nothing is spent otherwise
   */
  Feed(boolean recordsAlways) {
    this.recordsAlways = recordsAlways;
  }

  synchronized void add(ObservedWorker worker) {
    workers.add(worker);
    observeAsNeeded();
  }

  synchronized void remove(ObservedWorker worker) {
    workers.remove(worker);
    observeAsNeeded();
  }

  private void observeAsNeeded() {
    boolean wanted = recordsAlways || !viewers.isEmpty();
    for (Iterator<Map.Entry<ObservedWorker, Runnable>> each = observed.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<ObservedWorker, Runnable> entry = each.next();
      if (!wanted || !workers.contains(entry.getKey())) {
        each.remove();
        entry.getValue().run();
      }
    }
    for (ObservedWorker worker : workers) {
      if (wanted && !observed.containsKey(worker)) {
        observed.put(worker, worker.observe(sampler::ended));
      }
    }
  }

  /** The worker that takes new requests, or null. */
  synchronized @Nullable ObservedWorker current() {
    return workers.isEmpty() ? null : workers.get(workers.size() - 1);
  }

  /** What is in flight in all workers. */
  CompletableFuture<InFlight> inFlightNow() {
    List<ObservedWorker> all;
    synchronized (this) {
      all = List.copyOf(workers);
    }
    CompletableFuture<InFlight> sum = CompletableFuture.completedFuture(InFlight.none());
    for (ObservedWorker worker : all) {
      if (worker.inFlight() > 0) {
        sum = sum.thenCombine(worker.inFlightNow(LISTED), InFlight::and);
      }
    }
    return sum;
  }

  /** Begins to send to a dashboard, what is remembered first; false when there are too many. */
  synchronized boolean open(Viewer viewer) {
    if (viewers.size() >= VIEWERS) {
      return false;
    }
    ObservedWorker worker = current();
    viewer.send(
        Message.hello(worker == null ? null : worker.name(), recordsAlways, SAMPLING_ABOVE));
    viewer.send(
        Message.update(System.currentTimeMillis(), history.requests(), history.counts(), inFlight));
    viewers.add(viewer);
    observeAsNeeded();
    return true;
  }

  synchronized void close(Viewer viewer) {
    viewers.remove(viewer);
    if (viewers.isEmpty()) {
      inFlight = null;
    }
    observeAsNeeded();
  }

  /** To be called every {@link #ROUND_MILLIS}. */
  synchronized void round() {
    Sampler.Sample sample = sampler.take();
    history.add(sample);
    for (Viewer viewer : viewers) {
      viewer.update(sample, inFlight, System.currentTimeMillis());
    }
    if (!viewers.isEmpty() && !asking) {
      asking = true;
      CompletableFuture<?> unused = inFlightNow().whenCompleteAsync(this::answered);
    }
  }

  private synchronized void answered(@Nullable InFlight now, @Nullable Throwable failure) {
    asking = false;
    if (now != null && !viewers.isEmpty()) {
      inFlight = now.toJson();
    }
  }

  /** Ends all dashboards' connections. */
  synchronized void close() {
    List.copyOf(viewers).forEach(Viewer::close);
    viewers.clear();
    workers.clear();
    observeAsNeeded();
  }
}
