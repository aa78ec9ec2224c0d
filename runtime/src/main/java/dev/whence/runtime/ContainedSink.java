package dev.whence.runtime;

/**
 * A front's sink whose faults stay with its request: an exception thrown by it counts as a client
 * that left, and does not reach the isolate that serves all others.
 *
 * <p>Thread: as the sink's.
 */
final class ContainedSink implements ResponseSink {
  private final ResponseSink sink;
  private boolean broken;

  ContainedSink(ResponseSink sink) {
    this.sink = sink;
  }

  private void contain(Runnable call) {
    if (broken) {
      return;
    }
    try {
      call.run();
    } catch (RuntimeException e) {
      broken = true;
      Thread thread = Thread.currentThread();
      System.Logger log = System.getLogger(ContainedSink.class.getName());
      log.log(System.Logger.Level.ERROR, "an answer could not be delivered on " + thread, e);
    }
  }

  @Override
  public void failed(FailurePage page) {
    contain(() -> sink.failed(page));
  }

  @Override
  public void whole(Head head, byte[] body) {
    contain(() -> sink.whole(head, body));
  }

  @Override
  public void head(Head head, long contentLength) {
    contain(() -> sink.head(head, contentLength));
  }

  @Override
  public void write(byte[] chunk, Runnable whenWritable) {
    contain(() -> sink.write(chunk, whenWritable));
    if (broken) {
      // The stream goes on into nothing, rather than waiting for room for ever.
      whenWritable.run();
    }
  }

  @Override
  public void end() {
    contain(sink::end);
  }

  @Override
  public void abort() {
    contain(sink::abort);
  }
}
