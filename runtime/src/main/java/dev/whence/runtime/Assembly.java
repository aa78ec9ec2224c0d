package dev.whence.runtime;

import dev.whence.loop.Clock;
import dev.whence.loop.EventLoop;
import dev.whence.loop.Scheduler;

/**
 * The parts that run a worker's events in an isolate, put together around its loop.
 *
 * <p>Thread: the isolate's.
 */
record Assembly(EventLoop loop, Events events, TurnEngine engine, Causes causes) {

  /**
   * What an isolate has to do with the outside.
   *
   * @param scheduler the order of ready turns
   * @param clock the time
   * @param transport performs subrequests
   * @param traces hears of every event that ended
   * @param startupLog hears what is logged outside of any request
   * @param natives decides when finished native work is delivered
   * @param briefCauses whether causes leave out what takes long to find
   * @param onEnded called for every event that ended, after its trace item
   */
  record Surroundings(
      Scheduler scheduler,
      Clock clock,
      Transport transport,
      TraceListener traces,
      StartupLog startupLog,
      NativeCompletions natives,
      boolean briefCauses,
      Runnable onEnded) {}

  static Assembly of(
      Bootstrap bootstrap,
      CpuWatchdog.Watch watch,
      WorkerOptions options,
      int isolateNumber,
      Surroundings outside,
      TurnEngine.Listener enforcement) {
    TurnEngine engine = new TurnEngine(bootstrap, watch, options.limits().cpu(), enforcement);
    Events events =
        new Events(
            options,
            new Compatibility(options).crossRequest(),
            isolateNumber,
            outside.traces(),
            outside.onEnded());
    EventLoop loop = new EventLoop(engine, outside.scheduler(), outside.clock(), events);
    Streams streams = new Streams(loop);
    Subrequests subrequests =
        new Subrequests(loop, streams, outside.transport(), options.limits().subrequests());
    Answers answers =
        new Answers(loop, streams, outside.transport(), options.limits().waitUntil(), events);
    Causes causes =
        new Causes(
            loop,
            options,
            new SourceTexts(bootstrap.loader()::anyText),
            question -> engine.ask(bootstrap.explain(), question),
            () -> outside.briefCauses() || engine.isMidTurn());
    events.connect(loop, engine, streams, subrequests, answers, causes);
    engine.connect(
        loop,
        causes,
        new CommandApplier(
            loop,
            streams,
            subrequests,
            answers,
            engine,
            outside.startupLog(),
            causes,
            outside.natives()));
    return new Assembly(loop, events, engine, causes);
  }
}
