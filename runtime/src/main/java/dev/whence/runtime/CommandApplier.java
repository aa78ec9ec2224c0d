package dev.whence.runtime;

import dev.whence.explain.JsonText;
import dev.whence.loop.EventLoop;
import dev.whence.loop.PendingEvent;
import dev.whence.loop.RequestContext;
import dev.whence.loop.RequestId;
import dev.whence.loop.Turn;
import dev.whence.webapi.bridge.CommandHandler;
import java.util.List;

/**
 * Carries out what a turn asked for. Commands for a request that has ended are ignored: nothing of
 * it counts any more.
 *
 * <p>Thread: the isolate's.
 */
final class CommandApplier implements CommandHandler {
  private final EventLoop loop;
  private final Streams streams;
  private final Subrequests subrequests;
  private final Answers answers;
  private final TurnEngine engine;
  private final StartupLog startupLog;
  private final Causes causes;
  private final NativeCompletions natives;

  CommandApplier(
      EventLoop loop,
      Streams streams,
      Subrequests subrequests,
      Answers answers,
      TurnEngine engine,
      StartupLog startupLog,
      Causes causes,
      NativeCompletions natives) {
    this.loop = loop;
    this.streams = streams;
    this.subrequests = subrequests;
    this.answers = answers;
    this.engine = engine;
    this.startupLog = startupLog;
    this.causes = causes;
    this.natives = natives;
  }

  @Override
  public void respond(
      long request, int status, String statusText, Body body, List<String> headers) {
    RequestContext context = loop.find(request);
    if (context != null && context.owesAnswer()) {
      answers.respond(context, new ResponseSink.Head(status, statusText, headers), body);
    }
  }

  @Override
  public void chunk(long stream, byte[] bytes) {
    streams.write(stream, bytes);
  }

  @Override
  public void endStream(long stream) {
    streams.end(stream);
  }

  @Override
  public void failStream(long stream, String message) {
    RequestContext owner = streams.ownerOf(stream);
    if (owner != null && streams.isAnswer(stream)) {
      EventRecord.of(owner).decide(Outcome.EXCEPTION);
      EventRecord.of(owner).status = 0;
    }
    streams.fail(stream, message);
  }

  @Override
  public void startTimer(long request, long timer, long delayMillis, String name) {
    RequestContext context = loop.find(request);
    if (context != null) {
      loop.startTimer(context, timer, delayMillis, name);
    }
  }

  @Override
  public void clearTimer(long timer) {
    RequestContext owner = loop.cancelTimer(timer);
    if (owner != null) {
      touched(owner);
    }
  }

  @Override
  public void startSubrequest(
      long request, long operation, String method, String url, Body body, List<String> headers) {
    RequestContext context = loop.find(request);
    if (context != null) {
      subrequests.start(context, operation, method, url, body, headers);
    }
  }

  @Override
  public void abortSubrequest(long operation) {
    subrequests.abort(operation);
  }

  @Override
  public void pull(long stream) {
    streams.pull(stream);
  }

  @Override
  public void cancelStream(long stream) {
    streams.cancel(stream);
  }

  @Override
  public void log(
      long request, String level, String messageJson, String errorInfoJson, String terminalText) {
    TraceItem.Log line =
        new TraceItem.Log(
            messageJson,
            errorInfoJson.isEmpty() ? null : errorInfoJson,
            level,
            loop.millis(),
            terminalText.isEmpty() ? null : terminalText);
    if (request == 0) {
      startupLog.line(line);
      return;
    }
    RequestContext context = loop.find(request);
    if (context != null) {
      EventRecord.of(context).logs.add(line);
    }
  }

  @Override
  public void truncated(long request) {
    RequestContext context = loop.find(request);
    if (context != null) {
      EventRecord.of(context).truncated = true;
    }
  }

  @Override
  public void exception(long request, String kind, String name, String message, String stack) {
    RequestContext context = loop.find(request);
    if (context != null) {
      EventRecord.of(context)
          .addException(name, message, stack.isEmpty() ? null : stack, loop.millis());
    }
  }

  @Override
  public void waitUntil(long request, int count) {
    RequestContext context = loop.find(request);
    if (context != null) {
      context.setBackgroundWork(count);
      answers.startWaitUntilLimit(context);
      touched(context);
    }
  }

  @Override
  public void handlerFailed(long request) {
    RequestContext context = loop.find(request);
    if (context != null && context.owesAnswer()) {
      answers.handlerFailed(context, EventRecord.of(context).causeOfFailure());
      touched(context);
    }
  }

  @Override
  public void handled(long request) {
    RequestContext context = loop.find(request);
    if (context != null) {
      context.answered();
      answers.startWaitUntilLimit(context);
      touched(context);
    }
  }

  @Override
  public void passThroughOnException(long request) {
    RequestContext context = loop.find(request);
    if (context != null) {
      EventRecord.of(context).passThrough = true;
    }
  }

  @Override
  public void forward(long request) {
    RequestContext context = loop.find(request);
    if (context != null && context.owesAnswer()) {
      if (!context.pendingEvents().isEmpty()) {
        warn(context, Messages.NOT_RESPONDED);
      }
      answers.forward(context);
      touched(context);
    }
  }

  private void warn(RequestContext context, String text) {
    String json = JsonText.string(new StringBuilder("["), text).append(']').toString();
    EventRecord.of(context).logs.add(new TraceItem.Log(json, null, "warn", loop.millis(), text));
  }

  @Override
  public void close(long request) {
    RequestContext context = loop.find(request);
    if (context != null && context.owesAnswer()) {
      answers.close(context);
      touched(context);
    }
  }

  @Override
  public void startPending(long request, long token, String description) {
    RequestContext context = loop.find(request);
    if (context != null) {
      context.start(new PendingEvent(token, PendingEvent.Kind.NATIVE, description));
      engine.nativeStarted(token);
    }
  }

  @Override
  public void endPending(long request, long token) {
    engine.nativeFinished(token);
    RequestContext context = loop.find(request);
    if (context != null && context.finish(token)) {
      touched(context);
    }
  }

  @Override
  public void queueJob(long request, long token) {
    engine.nativeFinished(token);
    RequestContext context = loop.find(request);
    if (context == null) {
      return;
    }
    Runnable deliver =
        () -> {
          context.finish(token);
          loop.ready(Turn.of(context, Turn.Kind.JOB, "R\0" + request + '\0' + token));
        };
    if (context.isPending(token)) {
      natives.completed(request, token, deliver);
    } else {
      deliver.run();
    }
  }

  @Override
  public void follow(long request, long owner, long token, boolean counts) {
    RequestContext follower = loop.find(request);
    RequestContext followed = owner == 0 ? null : loop.find(owner);
    if (follower != null && followed != null) {
      if (counts) {
        follower.follow(token, followed);
      } else {
        follower.followInVain(token, followed.id());
      }
    }
    if (follower != null && owner != 0) {
      causes.followed(follower, token);
    }
  }

  @Override
  public void followedGone(long request, long owner, long name) {
    RequestContext context = loop.find(request);
    if (context != null) {
      context.followInVain(-owner, new RequestId(owner));
      causes.followedGone(context, name);
    }
  }

  @Override
  public void continuationLost(long request) {
    RequestContext context = loop.find(request);
    if (context != null) {
      context.loseContinuation();
      touched(context);
    }
  }

  @Override
  public void settlementDropped(long owner, long settler, long name) {
    causes.settledLate(owner, settler, name);
  }

  @Override
  public void misused(long request, long owner, long name) {
    RequestContext context = loop.find(request);
    if (context != null) {
      causes.misused(context, name);
    }
  }

  /** The turn's own request is looked at when the turn is over; others here and now. */
  private void touched(RequestContext context) {
    Turn turn = loop.currentTurn();
    if (turn == null || turn.owner() != context) {
      loop.inspect(context);
    }
  }
}
