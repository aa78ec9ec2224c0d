package dev.whence.runtime;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Moves a body from host to host, chunk by chunk, at the pace of the slower side, without any
 * JavaScript (deferred proxying, workers-semantics.md 13.2).
 *
 * <p>Thread: any; one step at a time.
 */
final class BodyPipe implements BodySource.Receiver {
  /** How a pipe ended. */
  interface Listener {
    /** Called once, on any thread. */
    void over(boolean complete);
  }

  private final BodySource source;
  private final ResponseSink sink;
  private final Listener listener;
  private final AtomicBoolean isOver = new AtomicBoolean();

  BodyPipe(BodySource source, ResponseSink sink, Listener listener) {
    this.source = source;
    this.sink = sink;
    this.listener = listener;
  }

  void start() {
    source.pull(this);
  }

  /** The reader has left. */
  void cancel() {
    source.cancel();
    over(false);
  }

  private void over(boolean complete) {
    if (isOver.compareAndSet(false, true)) {
      listener.over(complete);
    }
  }

  @Override
  public void chunk(byte[] bytes) {
    sink.write(bytes, () -> source.pull(this));
  }

  @Override
  public void end() {
    sink.end();
    over(true);
  }

  @Override
  public void failed(String message) {
    sink.abort();
    over(false);
  }
}
