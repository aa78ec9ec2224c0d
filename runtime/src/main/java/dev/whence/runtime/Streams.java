package dev.whence.runtime;

import dev.whence.loop.EventLoop;
import dev.whence.loop.PendingEvent;
import dev.whence.loop.RequestContext;
import dev.whence.loop.Turn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The byte streams between JavaScript and the outside, by token. A pull or a write that the outside
 * has not answered is a pending event of the stream's owner (workers-semantics.md, 2.4).
 *
 * <p>Thread: the isolate's; sources and sinks answer on theirs and are brought back through the
 * loop.
 */
final class Streams {
  /** Bytes that one turn may carry into JavaScript. */
  static final int CHUNK_LIMIT = 64 * 1024;

  private static final class Incoming {
    final RequestContext owner;
    final BodySource source;
    byte @Nullable [] rest;
    boolean pulled;

    Incoming(RequestContext owner, BodySource source) {
      this.owner = owner;
      this.source = source;
    }
  }

  /** Where an outgoing stream's chunks go. */
  interface Target {
    void write(byte[] chunk, Runnable whenWritable);

    void end();

    void abort(String message);
  }

  private record Outgoing(RequestContext owner, Target target, boolean isAnswer) {}

  private final EventLoop loop;
  private final Map<Long, Incoming> incoming = new HashMap<>();
  private final Map<Long, Outgoing> outgoing = new HashMap<>();

  /** Host-made streams count down from -1, so they never meet JavaScript's tokens. */
  private long lastToken;

  Streams(EventLoop loop) {
    this.loop = loop;
  }

  /** Gives a source a token under which JavaScript pulls it. */
  long open(RequestContext owner, BodySource source) {
    long token = --lastToken;
    incoming.put(token, new Incoming(owner, source));
    EventRecord.of(owner).incoming.add(token);
    return token;
  }

  void pull(long token) {
    Incoming stream = incoming.get(token);
    if (stream == null) {
      return;
    }
    stream.pulled = true;
    byte[] rest = stream.rest;
    if (rest != null) {
      deliver(token, stream, rest);
      return;
    }
    stream.owner.start(
        new PendingEvent(token, PendingEvent.Kind.BODY_READ, "the next chunk of a body"));
    stream.source.pull(
        new BodySource.Receiver() {
          @Override
          public void chunk(byte[] bytes) {
            loop.submit(() -> arrived(token, stream, bytes));
          }

          @Override
          public void end() {
            loop.submit(() -> finished(token, stream, "E", ""));
          }

          @Override
          public void failed(String message) {
            loop.submit(() -> finished(token, stream, "X", message));
          }
        });
  }

  private void arrived(long token, Incoming stream, byte[] bytes) {
    if (incoming.get(token) == stream) {
      stream.owner.finish(token);
      deliver(token, stream, bytes);
    }
  }

  private void deliver(long token, Incoming stream, byte[] bytes) {
    byte[] now = bytes;
    stream.rest = null;
    if (bytes.length > CHUNK_LIMIT) {
      now = Arrays.copyOf(bytes, CHUNK_LIMIT);
      stream.rest = Arrays.copyOfRange(bytes, CHUNK_LIMIT, bytes.length);
    }
    String message = "B\0" + stream.owner.id().number() + '\0' + token + '\0' + now.length;
    loop.ready(new Turn(stream.owner, Turn.Kind.BODY, message, now, -1));
  }

  private void finished(long token, Incoming stream, String code, String reason) {
    if (incoming.get(token) == stream) {
      incoming.remove(token);
      EventRecord.of(stream.owner).incoming.remove(token);
      stream.owner.finish(token);
      String message =
          code
              + '\0'
              + stream.owner.id().number()
              + '\0'
              + token
              + '\0'
              + reason.replace('\0', ' ');
      loop.ready(Turn.of(stream.owner, Turn.Kind.BODY, message));
    }
  }

  void cancel(long token) {
    Incoming stream = incoming.remove(token);
    if (stream != null) {
      EventRecord.of(stream.owner).incoming.remove(token);
      stream.owner.finish(token);
      stream.source.cancel();
    }
  }

  /** Like {@link #take}, but null when something was read from it already. */
  @Nullable BodySource takeUnread(long token) {
    Incoming stream = incoming.get(token);
    return stream == null || stream.pulled ? null : take(token);
  }

  /** Takes a source out of JavaScript's hands, for a pipe; null when it is gone. */
  @Nullable BodySource take(long token) {
    Incoming stream = incoming.remove(token);
    if (stream == null) {
      return null;
    }
    EventRecord.of(stream.owner).incoming.remove(token);
    stream.owner.finish(token);
    byte[] rest = stream.rest;
    return rest == null ? stream.source : new Prefixed(rest, stream.source);
  }

  /** A source of which some bytes were read ahead. */
  private static final class Prefixed implements BodySource {
    private final BodySource source;
    private byte @Nullable [] prefix;

    Prefixed(byte[] prefix, BodySource source) {
      this.prefix = prefix;
      this.source = source;
    }

    @Override
    public void pull(Receiver receiver) {
      byte[] bytes = prefix;
      if (bytes == null) {
        source.pull(receiver);
      } else {
        prefix = null;
        receiver.chunk(bytes);
      }
    }

    @Override
    public void cancel() {
      source.cancel();
    }
  }

  /** Connects an outgoing stream; an answer's stream keeps its request open until it ends. */
  void connect(long token, RequestContext owner, Target target, boolean isAnswer) {
    outgoing.put(token, new Outgoing(owner, target, isAnswer));
    EventRecord.of(owner).outgoing.add(token);
    if (isAnswer) {
      owner.streamOpened();
    }
  }

  void write(long token, byte[] bytes) {
    Outgoing stream = outgoing.get(token);
    if (stream == null) {
      return;
    }
    stream
        .owner()
        .start(new PendingEvent(token, PendingEvent.Kind.BODY_WRITE, "the reader of a body"));
    stream.target().write(bytes, () -> loop.submit(() -> writable(token, stream)));
  }

  private void writable(long token, Outgoing stream) {
    if (stream.owner().finish(token) && stream.equals(outgoing.get(token))) {
      String message = "W\0" + stream.owner().id().number() + '\0' + token;
      loop.ready(Turn.of(stream.owner(), Turn.Kind.WRITABLE, message));
    } else {
      loop.inspect(stream.owner());
    }
  }

  void end(long token) {
    Outgoing stream = remove(token);
    if (stream != null) {
      stream.target().end();
    }
  }

  void fail(long token, String message) {
    Outgoing stream = remove(token);
    if (stream != null) {
      stream.target().abort(message);
    }
  }

  private @Nullable Outgoing remove(long token) {
    Outgoing stream = outgoing.remove(token);
    if (stream != null) {
      EventRecord.of(stream.owner()).outgoing.remove(token);
      stream.owner().finish(token);
      if (stream.isAnswer()) {
        stream.owner().streamClosed();
      }
    }
    return stream;
  }

  /** True when the answer of this stream's owner is what it carries. */
  boolean isAnswer(long token) {
    Outgoing stream = outgoing.get(token);
    return stream != null && stream.isAnswer();
  }

  @Nullable RequestContext ownerOf(long token) {
    Outgoing stream = outgoing.get(token);
    return stream == null ? null : stream.owner();
  }

  /** Drops the answer's stream: its client has left. */
  void dropAnswer(EventRecord record) {
    for (Long token : record.outgoing.toArray(Long[]::new)) {
      if (isAnswer(token)) {
        fail(token, "the client has left");
      }
    }
  }

  /** Drops all streams of a request that ended or whose client left. */
  void dropAll(EventRecord record) {
    for (Long token : record.incoming.toArray(Long[]::new)) {
      cancel(token);
    }
    for (Long token : record.outgoing.toArray(Long[]::new)) {
      fail(token, "the request has ended");
    }
  }
}
