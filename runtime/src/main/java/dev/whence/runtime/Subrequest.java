package dev.whence.runtime;

import org.jspecify.annotations.Nullable;

/**
 * One hop of a {@code fetch()} on its way.
 *
 * <p>Thread: the isolate's.
 */
final class Subrequest {
  final long operation;
  private Transport.@Nullable Exchange exchange;
  private boolean over;

  Subrequest(long operation) {
    this.operation = operation;
  }

  void started(Transport.Exchange started) {
    exchange = started;
  }

  Transport.@Nullable Exchange exchange() {
    return exchange;
  }

  /** True once it was cancelled or got its answer; later news of it is ignored. */
  boolean isOver() {
    return over;
  }

  void markOver() {
    over = true;
  }

  void cancel() {
    over = true;
    Transport.Exchange running = exchange;
    if (running != null) {
      running.cancel();
    }
  }
}
