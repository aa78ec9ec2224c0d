package dev.whence.runtime;

import dev.whence.explain.Cause;
import dev.whence.explain.JsonText;
import dev.whence.loop.EventLoop;
import dev.whence.loop.RequestContext;
import dev.whence.webapi.bridge.CommandHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Brings each request's answer to its client: the worker's own, a failure's, or the original
 * request's forwarded one. Exactly one answer is begun for each request.
 *
 * <p>Thread: the isolate's.
 */
final class Answers {
  /** Marks a forwarded request, so that one which comes back to its own worker is noticed. */
  private static final String FORWARDED = "whence-forwarded";

  private static final String BODY_CONSUMED =
      "Script consumed request body but didn't call respondWith(). Can't forward request.";

  private final EventLoop loop;
  private final Streams streams;
  private final Transport transport;
  private final Duration waitUntilLimit;
  private final PipeListener pipes;

  /** Hears that a piped answer is over. Thread: the isolate's. */
  interface PipeListener {
    void pipeOver(RequestContext context, boolean complete);
  }

  Answers(
      EventLoop loop,
      Streams streams,
      Transport transport,
      Duration waitUntilLimit,
      PipeListener pipes) {
    this.loop = loop;
    this.streams = streams;
    this.transport = transport;
    this.waitUntilLimit = waitUntilLimit;
    this.pipes = pipes;
  }

  void respond(RequestContext context, ResponseSink.Head head, CommandHandler.Body body) {
    EventRecord record = EventRecord.of(context);
    ResponseSink sink = begin(context);
    if (sink == null) {
      discard(body);
      return;
    }
    record.status = head.status();
    switch (body.kind()) {
      case NONE, INLINE -> sink.whole(head, body.bytes());
      case STREAM -> {
        sink.head(head, body.length());
        if (isHead(record)) {
          record.bodyUnwanted = true;
          sink.end();
        } else {
          streams.connect(body.stream(), context, answerTarget(sink), true);
        }
      }
      case PIPE -> {
        BodySource source = streams.take(body.stream());
        if (source == null) {
          sink.whole(head, new byte[0]);
        } else {
          sink.head(head, contentLength(head.headers()));
          if (isHead(record)) {
            source.cancel();
            sink.end();
          } else {
            pipe(context, record, source, sink);
          }
        }
      }
    }
    startWaitUntilLimit(context);
  }

  private static boolean isHead(EventRecord record) {
    WorkerRequest request = record.request;
    return request != null && request.method().equals("HEAD");
  }

  /** Marks the answer as begun; null when nobody is there to take it. */
  private @Nullable ResponseSink begin(RequestContext context) {
    EventRecord record = EventRecord.of(context);
    context.answered();
    if (record.answerBegun || record.clientGone) {
      return null;
    }
    record.answerBegun = true;
    return record.sink;
  }

  private void discard(CommandHandler.Body body) {
    if (body.kind() == CommandHandler.BodyKind.PIPE) {
      streams.cancel(body.stream());
    }
  }

  private void pipe(
      RequestContext context, EventRecord record, BodySource source, ResponseSink sink) {
    record.piping = true;
    BodyPipe pipe =
        new BodyPipe(
            source, sink, complete -> loop.submit(() -> pipes.pipeOver(context, complete)));
    record.pipe = pipe;
    if (record.clientGone) {
      pipe.cancel();
    } else {
      pipe.start();
    }
  }

  private static Streams.Target answerTarget(ResponseSink sink) {
    return new Streams.Target() {
      @Override
      public void write(byte[] chunk, Runnable whenWritable) {
        sink.write(chunk, whenWritable);
      }

      @Override
      public void end() {
        sink.end();
      }

      @Override
      public void abort(String message) {
        sink.abort();
      }
    };
  }

  private static long contentLength(List<String> headers) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase("content-length")) {
        try {
          return Long.parseLong(headers.get(i + 1).trim());
        } catch (NumberFormatException e) {
          return -1;
        }
      }
    }
    return -1;
  }

  /** The handler threw or rejected (11.2); its exception is in the record already. */
  void handlerFailed(RequestContext context) {
    handlerFailed(context, null);
  }

  /**
   * As above, with the explanation of that exception.
   *
   * @param cause null when there is none
   */
  void handlerFailed(RequestContext context, @Nullable Cause cause) {
    EventRecord record = EventRecord.of(context);
    record.decide(Outcome.EXCEPTION);
    int last = record.exceptions.size() - 1;
    String text = "Internal Server Error";
    if (last >= 0) {
      TraceItem.ExceptionEntry exception = record.exceptions.get(last);
      text = exception.name() + ": " + exception.message();
    }
    fail(context, 500, Outcome.EXCEPTION, text, cause);
    startWaitUntilLimit(context);
  }

  /**
   * Ends the exchange of a request that failed: the original request is forwarded if the worker
   * asked for that and nothing was sent, else the client gets the error.
   */
  void fail(RequestContext context, int status, Outcome outcome, String message) {
    fail(context, status, outcome, message, null);
  }

  /**
   * As above, with the explanation of the failure.
   *
   * @param cause null when there is none; the front decides whether the client sees it
   */
  void fail(
      RequestContext context, int status, Outcome outcome, String message, @Nullable Cause cause) {
    EventRecord record = EventRecord.of(context);
    if (record.passThrough && !record.answerBegun) {
      forward(context);
      return;
    }
    boolean begun = record.answerBegun;
    ResponseSink sink = begin(context);
    if (sink != null) {
      FailurePage.send(sink, status, outcome, message, cause);
    } else if (begun && record.sink != null) {
      record.status = 0;
    }
  }

  /** Closes the connection without an answer (11.7: `preventDefault` and no `respondWith`). */
  void close(RequestContext context) {
    ResponseSink sink = begin(context);
    if (sink != null) {
      sink.abort();
    }
  }

  /** Sends the original request on to where its URL points, and its answer back (11.7, 11.8). */
  void forward(RequestContext context) {
    EventRecord record = EventRecord.of(context);
    WorkerRequest request = record.request;
    boolean hasBody = record.bodyToken != 0;
    BodySource body = hasBody ? streams.takeUnread(record.bodyToken) : null;
    ResponseSink sink = begin(context);
    if (request == null || sink == null) {
      return;
    }
    if (hasBody && body == null) {
      record.decide(Outcome.EXCEPTION);
      record.addException("Error", BODY_CONSUMED, null, loop.millis());
      FailurePage.send(sink, 500, Outcome.EXCEPTION, "Error: " + BODY_CONSUMED);
    } else if (hasHeader(request.headers(), FORWARDED)) {
      String message = "The worker did not answer, and " + request.url() + " leads back to it.";
      FailurePage.send(sink, 502, Outcome.EXCEPTION, message);
    } else {
      record.piping = true;
      send(context, request, body, sink);
    }
  }

  private void send(
      RequestContext context, WorkerRequest request, @Nullable BodySource body, ResponseSink sink) {
    List<String> headers = new ArrayList<>(request.headers());
    headers.add(FORWARDED);
    headers.add("1");
    Transport.Request forwarded =
        new Transport.Request(request.method(), request.url(), headers, new byte[0], body != null);
    Transport.Listener listener =
        new Transport.Listener() {
          @Override
          public void head(int status, String text, List<String> answer, BodySource source) {
            loop.submit(
                () -> {
                  EventRecord record = EventRecord.of(context);
                  record.status = status;
                  sink.head(new ResponseSink.Head(status, text, answer), contentLength(answer));
                  pipe(context, record, source, sink);
                });
          }

          @Override
          public void failed(String message) {
            FailurePage.send(sink, 502, Outcome.EXCEPTION, message);
            loop.submit(() -> pipes.pipeOver(context, true));
          }
        };
    Transport.Exchange exchange = transport.start(forwarded, listener);
    if (body != null) {
      Upload.start(body, exchange);
    }
  }

  private static boolean hasHeader(List<String> headers, String name) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).toLowerCase(Locale.ROOT).equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Background work may go on for so long after the answer (1.6, 1.10). */
  void startWaitUntilLimit(RequestContext context) {
    EventRecord limited = EventRecord.of(context);
    if (context.backgroundWork() == 0 || context.owesAnswer() || limited.waitUntilLimited) {
      return;
    }
    limited.waitUntilLimited = true;
    loop.startDeadline(
        context,
        waitUntilLimit.toMillis(),
        () -> {
          String json =
              JsonText.string(new StringBuilder("["), Messages.WAIT_UNTIL_LIMIT)
                  .append(']')
                  .toString();
          limited.logs.add(
              new TraceItem.Log(json, null, "warn", loop.millis(), Messages.WAIT_UNTIL_LIMIT));
          context.setBackgroundWork(0);
          loop.inspect(context);
        });
  }
}
