package dev.whence.conformance;

import dev.whence.runtime.BodySource;
import dev.whence.runtime.WorkerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request body that comes when the test says so: what keeps a request alive, and brings it
 * forward, without a clock.
 *
 * <p>Thread: any; guarded by this.
 */
public final class HeldBody implements BodySource {
  private @Nullable Receiver waiting;
  private boolean released;
  private boolean sent;

  /** A POST request that carries this body. */
  public WorkerRequest to(String path) {
    return new WorkerRequest(
        "POST", "http://worker.test" + path, List.of(), this, "127.0.0.1", "HTTP/1.1");
  }

  /** Lets the body arrive: the bytes {@code go}, then its end. */
  public synchronized void release() {
    released = true;
    answer();
  }

  @Override
  public synchronized void pull(Receiver receiver) {
    waiting = receiver;
    answer();
  }

  private void answer() {
    Receiver receiver = waiting;
    if (!released || receiver == null) {
      return;
    }
    waiting = null;
    if (sent) {
      receiver.end();
    } else {
      sent = true;
      receiver.chunk("go".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public synchronized void cancel() {
    waiting = null;
  }
}
