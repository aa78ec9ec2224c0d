package dev.whence.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A loop on a clock that moves only when nothing else can happen, with an engine whose "JavaScript"
 * is a Java function per turn.
 */
final class LoopHarness implements Engine, Clock, EventLoop.Listener {
  final List<String> happened = new ArrayList<>();
  final Map<RequestContext, Hang> hangs = new LinkedHashMap<>();
  final EventLoop loop;
  private final Map<String, Consumer<Turn>> code = new LinkedHashMap<>();
  private long millis = 1_000;

  LoopHarness() {
    this(Scheduler.FIRST_COME);
  }

  LoopHarness(Scheduler scheduler) {
    loop = new EventLoop(this, scheduler, this, this);
  }

  /** What a turn with this message does. */
  LoopHarness on(String message, Consumer<Turn> action) {
    code.put(message, action);
    return this;
  }

  RequestContext open(String name) {
    RequestContext context = loop.open(name);
    loop.ready(Turn.of(context, Turn.Kind.ARRIVAL, name));
    return context;
  }

  /** Runs until nothing is left to happen. */
  void run() {
    loop.run();
  }

  @Override
  public void run(Turn turn) {
    happened.add(turn.message().replace('\0', ' ') + "@" + loop.millisFor(turn));
    Consumer<Turn> action = code.get(turn.message());
    if (action == null && turn.kind() == Turn.Kind.TIMER) {
      action = code.get("timer " + turn.message().substring(turn.message().lastIndexOf('\0') + 1));
    }
    if (action != null) {
      action.accept(turn);
    }
  }

  @Override
  public boolean hasNativeWork() {
    return false;
  }

  @Override
  public void pollNativeWork() {}

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public void await(Inbox arrivals, long untilMillis) {
    if (untilMillis == Long.MAX_VALUE) {
      loop.stop();
    } else {
      millis = Math.max(millis, untilMillis);
    }
  }

  @Override
  public void hung(Hang hang) {
    hangs.put(hang.request(), hang);
    happened.add(hang.request() + " hung@" + millis);
    loop.end(hang.request());
  }

  @Override
  public void complete(RequestContext context, boolean afterItsTurn) {
    happened.add(context + " done@" + millis);
    loop.end(context);
  }
}
