package dev.whence.runtime;

import dev.whence.explain.Cause;
import dev.whence.loop.EventLoop;
import dev.whence.loop.Hang;
import dev.whence.loop.PendingEvent;
import dev.whence.loop.RequestContext;
import dev.whence.loop.Turn;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Opens an isolate's events and ends them: each exactly once, with one outcome and one trace item.
 *
 * <p>Thread: the isolate's.
 */
final class Events implements EventLoop.Listener, Answers.PipeListener {
  private final WorkerOptions options;
  private final CrossRequest mode;
  private final int isolate;
  private final TraceListener traces;
  private final Runnable onEnded;
  private boolean isolateGone;
  private @Nullable EventLoop loop;
  private @Nullable TurnEngine engine;
  private @Nullable Streams streams;
  private @Nullable Subrequests subrequests;
  private @Nullable Answers answers;
  private @Nullable Causes causes;

  Events(
      WorkerOptions options,
      CrossRequest mode,
      int isolate,
      TraceListener traces,
      Runnable onEnded) {
    this.options = options;
    this.mode = mode;
    this.isolate = isolate;
    this.traces = traces;
    this.onEnded = onEnded;
  }

  void connect(
      EventLoop loop,
      TurnEngine engine,
      Streams streams,
      Subrequests subrequests,
      Answers answers,
      Causes causes) {
    this.loop = loop;
    this.engine = engine;
    this.streams = streams;
    this.subrequests = subrequests;
    this.answers = answers;
    this.causes = causes;
  }

  RequestContext openFetch(WorkerRequest request, ResponseSink sink) {
    EventRecord record = EventRecord.fetch(request, sink, loop().millis());
    RequestContext context = loop().open(record);
    BodySource body = request.body();
    long stream = body == null ? 0 : streams().open(context, body);
    record.bodyToken = stream;
    List<String> headers = request.headers();
    StringBuilder message = new StringBuilder(256);
    message.append("F\0").append(context.id().number());
    message.append('\0').append(request.method());
    message.append('\0').append(request.url());
    message.append('\0').append(stream);
    message.append('\0').append(request.clientAddress());
    message.append('\0').append(request.protocol());
    message.append('\0').append(headers.size() / 2);
    for (String text : headers) {
      message.append('\0').append(text);
    }
    loop().ready(Turn.of(context, Turn.Kind.ARRIVAL, message.toString()));
    return context;
  }

  void openScheduled(String cron, long timeMillis, CompletableFuture<Outcome> done) {
    EventRecord record = EventRecord.scheduled(cron, timeMillis, done, loop().millis());
    RequestContext context = loop().open(record);
    String message = "S\0" + context.id().number() + '\0' + cron + '\0' + timeMillis;
    loop().ready(Turn.of(context, Turn.Kind.ARRIVAL, message));
  }

  @Override
  public void complete(RequestContext context, boolean afterItsTurn) {
    EventRecord record = EventRecord.of(context);
    record.decide(Outcome.OK);
    // JavaScript counts the same things and has noticed at the end of that turn.
    end(context, afterItsTurn && !record.bodyUnwanted);
  }

  @Override
  public void hung(Hang hang) {
    RequestContext context = hang.request();
    EventRecord record = EventRecord.of(context);
    String message = verdict(context);
    Cause cause = causes().ofHang(hang);
    record.findings().hang = cause;
    record.addException("Error", message, null, loop().millis());
    switch (hang.what()) {
      case ANSWER -> {
        record.decide(Outcome.EXCEPTION);
        answers().fail(context, 500, Outcome.EXCEPTION, "Error: " + message, cause);
      }
      case BODY -> {
        record.decide(Outcome.EXCEPTION);
        record.status = 0;
      }
      // A scheduled event is done when its background work is (11.11), a request when it answered.
      case BACKGROUND -> record.decide(record.request == null ? Outcome.EXCEPTION : Outcome.OK);
    }
    end(context);
  }

  private String verdict(RequestContext context) {
    if (context.continuationLost()) {
      return Messages.NEVER;
    }
    return mode == CrossRequest.CANCEL ? Messages.HANG_2022 : Messages.HANG;
  }

  /** A turn of this request was ended by force. */
  void limitExceeded(RequestContext context, Outcome outcome, String message) {
    if (context.hasEnded()) {
      return;
    }
    EventRecord record = EventRecord.of(context);
    record.passThrough = false;
    record.decide(outcome);
    record.addException("Error", message, null, loop().millis());
    answers().fail(context, 503, outcome, "Error: " + message);
    end(context);
  }

  /** The client left (12.2): what nobody waits for stops, background work goes on. */
  void disconnected(RequestContext context) {
    EventRecord record = EventRecord.of(context);
    if (record.clientGone) {
      return;
    }
    record.clientGone = true;
    BodyPipe pipe = record.pipe;
    if (pipe != null) {
      pipe.cancel();
    }
    if (context.hasEnded()) {
      return;
    }
    boolean unanswered = context.owesAnswer();
    if (unanswered || context.openStreams() > 0) {
      record.decide(Outcome.CANCELED);
      if (unanswered) {
        record.status = 0;
      }
    }
    if (context.backgroundWork() == 0) {
      end(context);
      return;
    }
    context.answered();
    streams().dropAnswer(record);
    loop().ready(Turn.of(context, Turn.Kind.WRITABLE, "G\0" + context.id().number()));
    answers().startWaitUntilLimit(context);
    loop().inspect(context);
  }

  @Override
  public void pipeOver(RequestContext context, boolean complete) {
    EventRecord record = EventRecord.of(context);
    if (!record.piping) {
      return;
    }
    record.piping = false;
    if (!complete && record.outcome == Outcome.OK) {
      record.outcome = Outcome.RESPONSE_STREAM_DISCONNECTED;
    }
    emitIfOver(context, record);
  }

  /** Ends a request for good: no code of it runs again, nothing it started goes on. */
  private void end(RequestContext context) {
    end(context, false);
  }

  private void end(RequestContext context, boolean javaScriptKnows) {
    EventRecord record = EventRecord.of(context);
    if (record.contextEnded) {
      return;
    }
    record.contextEnded = true;
    boolean hasLastWords = record.clientGone || record.bodyUnwanted;
    if (hasLastWords && !javaScriptKnows && !isolateGone) {
      // Before the rest, so that what the source of its answer logs or throws is kept (13.3).
      engine().ended(context, true);
    }
    for (PendingEvent event : context.pendingEvents()) {
      if (event.kind() == PendingEvent.Kind.NATIVE) {
        engine().nativeFinished(event.token());
      }
    }
    causes().ended(context, record);
    loop().end(context);
    subrequests().cancelAll(record);
    streams().dropAll(record);
    if (!hasLastWords && !javaScriptKnows && !isolateGone) {
      engine().ended(context, false);
    }
    emitIfOver(context, record);
  }

  /** The isolate is no more: nothing is told to its JavaScript from now on. */
  void isolateGone() {
    isolateGone = true;
  }

  private void emitIfOver(RequestContext context, EventRecord record) {
    if (!record.contextEnded || record.piping || record.emitted) {
      return;
    }
    record.emitted = true;
    TraceItem item =
        record.toTraceItem(options.name(), context.id().toString(), isolate, loop().millis());
    report(item);
    CompletableFuture<Outcome> done = record.done;
    if (done != null) {
      done.complete(item.outcome());
    }
    onEnded.run();
  }

  /** A fault of the listener must not leave the event counted as in flight. */
  private void report(TraceItem item) {
    try {
      traces.ended(item);
    } catch (RuntimeException e) {
      System.getLogger(Events.class.getName())
          .log(System.Logger.Level.ERROR, "a trace listener failed", e);
    }
  }

  /** Ends all events that are left. */
  void endAll(Outcome outcome) {
    for (RequestContext context : loop().requests()) {
      EventRecord record = EventRecord.of(context);
      record.decide(outcome);
      ResponseSink sink = record.sink;
      if (sink != null && context.owesAnswer()) {
        sink.abort();
      }
      end(context);
    }
  }

  private EventLoop loop() {
    return Objects.requireNonNull(loop, "connected");
  }

  private TurnEngine engine() {
    return Objects.requireNonNull(engine, "connected");
  }

  private Streams streams() {
    return Objects.requireNonNull(streams, "connected");
  }

  private Subrequests subrequests() {
    return Objects.requireNonNull(subrequests, "connected");
  }

  private Causes causes() {
    return Objects.requireNonNull(causes, "connected");
  }

  private Answers answers() {
    return Objects.requireNonNull(answers, "connected");
  }
}
