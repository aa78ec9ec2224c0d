package dev.whence.explore;

import dev.whence.loop.Clock;
import dev.whence.runtime.SteppedWorker;
import dev.whence.runtime.TraceListener;
import dev.whence.runtime.Transport;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import dev.whence.runtime.WorkerStartException;
import org.jspecify.annotations.Nullable;

/**
 * The isolate on which rehearsals follow each other, each in a realm like new: what a rehearsal
 * changed is put back, and where that cannot be done the isolate is replaced.
 *
 * <p>All that a worker can reach is looked at after each of the first rehearsals, and then from
 * time to time and as long as changes are found; the global object, and what was ever found
 * changed, every time.
 *
 * <p>Thread: the explorer's.
 */
final class Stage implements AutoCloseable {
  private static final int FIRST = 8;
  private static final int PERIOD = 40;

  private final WorkerSource source;
  private final WorkerOptions options;
  private @Nullable SteppedWorker worker;
  private boolean isUsed;
  private int rehearsals;
  private int isolates;
  private boolean wasSurprised;

  Stage(WorkerSource source, WorkerOptions options) {
    this.source = source;
    this.options = options;
  }

  SteppedWorker.Instance start(
      Clock clock,
      Transport transport,
      TraceListener traces,
      long seed,
      SteppedWorker.Detail detail)
      throws WorkerStartException {
    SteppedWorker open = worker;
    if (open != null && isUsed) {
      boolean thorough = wasSurprised || rehearsals <= FIRST || rehearsals % PERIOD == 0;
      SteppedWorker.Cleanliness found = open.clean(seed, thorough);
      wasSurprised = !found.surprises().isEmpty();
      if (!found.isClean()) {
        open.close();
        open = null;
      }
    }
    if (open == null) {
      open = SteppedWorker.open(source, options);
      isolates++;
      worker = open;
    }
    isUsed = true;
    rehearsals++;
    return open.start(clock, transport, traces, line -> {}, seed, detail);
  }

  void end(SteppedWorker.Instance instance) {
    instance.end();
    SteppedWorker open = worker;
    if (instance.isSpoilt() && open != null) {
      open.close();
      worker = null;
    }
  }

  /** How many isolates were needed so far. */
  int isolates() {
    return isolates;
  }

  /** How many rehearsals began. */
  int rehearsals() {
    return rehearsals;
  }

  /** The next rehearsal gets an isolate of its own. */
  void renew() {
    close();
  }

  @Override
  public void close() {
    SteppedWorker open = worker;
    worker = null;
    isUsed = false;
    if (open != null) {
      open.close();
    }
  }
}
