package dev.whence.runtime;

import dev.whence.loop.EventLoop;
import dev.whence.loop.PendingEvent;
import dev.whence.loop.RequestContext;
import dev.whence.loop.Turn;
import dev.whence.webapi.bridge.CommandHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code fetch()} hops on their way, each a pending event of the request that started it until
 * the response's head is there.
 *
 * <p>Thread: the isolate's; the transport answers on its own threads and is brought back through
 * the loop.
 */
final class Subrequests {
  private record Running(RequestContext owner, Subrequest subrequest) {}

  private final EventLoop loop;
  private final Streams streams;
  private final Transport transport;
  private final int limit;
  private final Map<Long, Running> running = new HashMap<>();

  Subrequests(EventLoop loop, Streams streams, Transport transport, int limit) {
    this.loop = loop;
    this.streams = streams;
    this.transport = transport;
    this.limit = limit;
  }

  void start(
      RequestContext owner,
      long operation,
      String method,
      String url,
      CommandHandler.Body body,
      List<String> headers) {
    EventRecord record = EventRecord.of(owner);
    if (++record.subrequestCount > limit) {
      fail(owner, operation, "Too many subrequests: one request may make " + limit + ".");
      return;
    }
    Subrequest subrequest = new Subrequest(operation);
    record.subrequests.put(operation, subrequest);
    running.put(operation, new Running(owner, subrequest));
    owner.start(
        new PendingEvent(operation, PendingEvent.Kind.SUBREQUEST, "fetch " + method + " " + url));
    boolean streamed =
        body.kind() == CommandHandler.BodyKind.STREAM
            || body.kind() == CommandHandler.BodyKind.PIPE;
    Transport.Exchange exchange =
        transport.start(
            new Transport.Request(method, url, headers, body.bytes(), streamed),
            new Transport.Listener() {
              @Override
              public void head(
                  int status, String statusText, List<String> responseHeaders, BodySource source) {
                loop.submit(
                    () -> arrived(owner, subrequest, status, statusText, responseHeaders, source));
              }

              @Override
              public void failed(String message) {
                loop.submit(() -> lost(owner, subrequest, message));
              }
            });
    subrequest.started(exchange);
    switch (body.kind()) {
      case STREAM -> streams.connect(body.stream(), owner, upload(exchange), false);
      case PIPE -> pipe(body.stream(), exchange);
      case NONE, INLINE -> {}
    }
  }

  private static Streams.Target upload(Transport.Exchange exchange) {
    return new Streams.Target() {
      @Override
      public void write(byte[] chunk, Runnable whenWritable) {
        exchange.write(chunk, whenWritable);
      }

      @Override
      public void end() {
        exchange.endBody();
      }

      @Override
      public void abort(String message) {
        exchange.cancel();
      }
    };
  }

  private void pipe(long token, Transport.Exchange exchange) {
    BodySource source = streams.take(token);
    if (source == null) {
      exchange.cancel();
      return;
    }
    Upload.start(source, exchange);
  }

  private void arrived(
      RequestContext owner,
      Subrequest subrequest,
      int status,
      String statusText,
      List<String> headers,
      BodySource body) {
    if (!finish(owner, subrequest)) {
      body.cancel();
      return;
    }
    long stream = streams.open(owner, body);
    StringBuilder message = new StringBuilder(128);
    message.append("H\0").append(owner.id().number());
    message.append('\0').append(subrequest.operation);
    message.append('\0').append(status);
    message.append('\0').append(statusText);
    message.append('\0').append(stream);
    message.append('\0').append(headers.size() / 2);
    for (String text : headers) {
      message.append('\0').append(text);
    }
    loop.ready(Turn.of(owner, Turn.Kind.SUBREQUEST, message.toString()));
  }

  private void lost(RequestContext owner, Subrequest subrequest, String reason) {
    if (finish(owner, subrequest)) {
      fail(owner, subrequest.operation, reason);
    }
  }

  private void fail(RequestContext owner, long operation, String reason) {
    String message =
        "Q\0" + owner.id().number() + '\0' + operation + '\0' + reason.replace('\0', ' ');
    loop.ready(Turn.of(owner, Turn.Kind.SUBREQUEST, message));
  }

  /** Tells whether anybody still waits for this one, and makes it stop being a pending event. */
  private boolean finish(RequestContext owner, Subrequest subrequest) {
    running.remove(subrequest.operation);
    if (subrequest.isOver() || owner.hasEnded()) {
      return false;
    }
    subrequest.markOver();
    EventRecord.of(owner).subrequests.remove(subrequest.operation);
    owner.finish(subrequest.operation);
    return true;
  }

  void abort(long operation) {
    Running entry = running.remove(operation);
    if (entry == null) {
      return;
    }
    EventRecord.of(entry.owner()).subrequests.remove(operation);
    entry.owner().finish(operation);
    entry.subrequest().cancel();
    @Nullable Turn turn = loop.currentTurn();
    if (turn == null || turn.owner() != entry.owner()) {
      loop.inspect(entry.owner());
    }
  }

  /** Cancels what is left of a request that ended (rule 1.7). */
  void cancelAll(EventRecord record) {
    for (Subrequest subrequest : record.subrequests.values()) {
      running.remove(subrequest.operation);
      subrequest.cancel();
    }
    record.subrequests.clear();
  }
}
