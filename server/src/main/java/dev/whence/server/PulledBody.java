package dev.whence.server;

import dev.whence.runtime.BodySource;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A body that arrives on a connection, read ahead by at most {@value #READ_AHEAD} bytes.
 *
 * <p>The read-ahead is not for speed alone: a connection's end stands behind the bytes that came
 * before it, so without reading them a client's leaving would not be noticed while the worker does
 * not ask for the body. What lies beyond the bound is left in the sender's hands.
 *
 * <p>Thread: any; guarded by this. Receivers are called outside the lock.
 */
final class PulledBody implements BodySource {

  static final int READ_AHEAD = 64 * 1024;
  private static final int LARGEST_CHUNK = 64 * 1024;

  private final ReadStream<Buffer> stream;
  private final EventExecutor loop;
  private final long discardable;
  private final Runnable giveUp;
  private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
  private int queuedBytes;
  private long discarded;
  private boolean paused;
  private boolean cancelled;
  private boolean nobodyWaits;
  private boolean ended;
  private @Nullable String failure;
  private @Nullable Receiver waiting;

  /**
   * Takes over a stream's chunk and end handlers; failures are told through {@link #fail}.
   *
   * @param loop where the stream is used; the caller is on it
   * @param discardable bytes that are read and thrown away after a cancel rather than give up
   * @param giveUp ends the connection when the rest is not worth reading; called on the loop
   */
  PulledBody(ReadStream<Buffer> stream, EventExecutor loop, long discardable, Runnable giveUp) {
    this.stream = stream;
    this.loop = loop;
    this.discardable = discardable;
    this.giveUp = giveUp;
    stream.handler(this::arrived);
    stream.endHandler(end -> finish(null));
  }

  @Override
  public void pull(Receiver receiver) {
    byte[] chunk;
    String broken;
    synchronized (this) {
      chunk = take();
      broken = failure;
      if (chunk == null && broken == null && !ended && !cancelled) {
        waiting = receiver;
        return;
      }
    }
    if (chunk != null) {
      receiver.chunk(chunk);
    } else if (broken != null) {
      receiver.failed(broken);
    } else {
      receiver.end();
    }
  }

  @Override
  public void cancel() {
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      waiting = null;
      discarded = queuedBytes;
      queue.clear();
      queuedBytes = 0;
    }
    Hop.to(loop, this::discardOn);
  }

  /** Nothing else keeps the connection busy: read what is left soon, or give up. Thread: loop. */
  void release() {
    synchronized (this) {
      nobodyWaits = true;
    }
    cancel();
    Hop.to(loop, this::discardOn);
  }

  /** The body broke off. */
  void fail(String message) {
    finish(message);
  }

  /** True when all of it has arrived or never will. */
  synchronized boolean isOver() {
    return ended || failure != null;
  }

  private void arrived(Buffer buffer) {
    byte[] bytes = buffer.getBytes();
    if (bytes.length == 0) {
      return;
    }
    Receiver receiver;
    boolean discard;
    boolean pause = false;
    synchronized (this) {
      receiver = waiting;
      waiting = null;
      discard = cancelled;
      if (discard) {
        discarded += bytes.length;
      } else if (receiver == null) {
        queue.add(bytes);
        queuedBytes += bytes.length;
        pause = queuedBytes >= READ_AHEAD && !paused;
        paused |= pause;
      }
    }
    if (discard) {
      discardOn();
    } else if (receiver != null) {
      receiver.chunk(bytes);
    } else if (pause) {
      stream.pause();
    }
  }

  private void finish(@Nullable String message) {
    Receiver receiver;
    synchronized (this) {
      if (ended || failure != null) {
        return;
      }
      ended = message == null;
      failure = message;
      receiver = waiting;
      waiting = null;
    }
    if (receiver == null) {
      return;
    }
    if (message == null) {
      receiver.end();
    } else {
      receiver.failed(message);
    }
  }

  /** Thread: loop. */
  private void discardOn() {
    boolean enough;
    boolean close;
    boolean flow;
    synchronized (this) {
      if (ended || failure != null) {
        return;
      }
      enough = discarded >= discardable;
      close = enough && (nobodyWaits || discardable == 0);
      flow = enough ? !paused : paused;
      paused = enough;
    }
    if (close) {
      giveUp.run();
    } else if (flow && enough) {
      stream.pause();
    } else if (flow) {
      stream.resume();
    }
  }

  /** Takes queued bytes, small chunks joined, and lets more come. Called under the lock. */
  private byte @Nullable [] take() {
    byte[] first = queue.poll();
    if (first == null) {
      return null;
    }
    byte[] taken = first;
    int length = first.length;
    int joined = 0;
    for (byte[] next : queue) {
      if (length + next.length > LARGEST_CHUNK) {
        break;
      }
      length += next.length;
      joined++;
    }
    if (joined > 0) {
      taken = new byte[length];
      System.arraycopy(first, 0, taken, 0, first.length);
      int at = first.length;
      for (; joined > 0; joined--) {
        byte[] next = queue.remove();
        System.arraycopy(next, 0, taken, at, next.length);
        at += next.length;
      }
    }
    queuedBytes -= length;
    if (paused && queuedBytes < READ_AHEAD / 2) {
      paused = false;
      Hop.to(loop, this::resume);
    }
    return taken;
  }

  private void resume() {
    synchronized (this) {
      if (paused || ended || failure != null) {
        return;
      }
    }
    stream.resume();
  }
}
