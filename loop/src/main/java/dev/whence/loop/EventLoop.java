package dev.whence.loop;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs turns one at a time, in the order its {@link Scheduler} chooses, each for exactly one
 * request.
 *
 * <p>Invariant: JavaScript runs only inside {@link #runTurn}; completed outside work waits to be
 * chosen.
 *
 * <p>Thread: loop. Only {@link #submit} and {@link #stop} may be called from elsewhere.
 */
public final class EventLoop {

  /** What the embedding runtime does when the loop decides something about a request. */
  public interface Listener {
    /** Nothing can settle this request; the listener must {@link EventLoop#end} it. */
    void hung(Hang hang);

    /**
     * Everything the request owed is done; the listener must {@link EventLoop#end} it.
     *
     * @param afterItsTurn true when a turn of the request itself has just brought that about
     */
    void complete(RequestContext context, boolean afterItsTurn);
  }

  private static final long POLL_MIN_NANOS = 50_000;
  private static final long POLL_MAX_NANOS = 1_000_000;

  private record Deadline(long dueMillis, RequestContext context, Runnable action) {}

  private final Engine engine;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Listener listener;
  private final Inbox inbox = new Inbox();
  private final ReadyTurns ready = new ReadyTurns();
  private final Timers timers = new Timers();
  private final HangDetector hangs = new HangDetector();
  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(Comparator.comparingLong(Deadline::dueMillis));
  private final Map<Long, RequestContext> live = new LinkedHashMap<>();
  private long lastId;
  private long nowMillis;
  private long pollNanos = POLL_MIN_NANOS;
  private @Nullable Turn current;
  private @Nullable LoopObserver observer;
  private volatile boolean stopping;

  public EventLoop(Engine engine, Scheduler scheduler, Clock clock, Listener listener) {
    this.engine = engine;
    this.scheduler = scheduler;
    this.clock = clock;
    this.listener = listener;
    this.nowMillis = clock.millis();
  }

  /** Runs until {@link #stop}; the calling thread is the loop's. */
  public void run() {
    while (!stopping) {
      pass();
    }
    admitArrivals();
  }

  /** Takes in what arrived for a loop that has broken down, so that its owner can end it. */
  public void admitRest() {
    current = null;
    admitArrivals();
  }

  /**
   * One pass: takes in what has happened, judges, and runs at most one turn. For an embedding that
   * decides itself what happens next, instead of {@link #run}.
   */
  public void pass() {
    admit();
    if (engine.hasNativeWork()) {
      engine.pollNativeWork();
    }
    if (hangs.hasSuspects()) {
      hangs.mark(ready.lastNumber());
      hangs.judge(ready).forEach(this::report);
    }
    if (!ready.isEmpty()) {
      pollNanos = POLL_MIN_NANOS;
      runTurn(ready.take(scheduler));
    } else if (inbox.isEmpty() && !stopping && !hangs.hasSuspects()) {
      awaitArrival();
    }
  }

  private void report(Hang hang) {
    if (!hang.request().hasEnded()) {
      listener.hung(hang);
    }
  }

  /** Takes in what has arrived and what time has brought about, without running a turn. */
  public void admit() {
    nowMillis = clock.millis();
    admitArrivals();
    meetDeadlines();
    readyDueTimers();
  }

  /** True when another {@link #pass} changes nothing until time passes or something arrives. */
  public boolean isIdle() {
    return ready.isEmpty() && inbox.isEmpty() && !hangs.hasSuspects();
  }

  /** The turn that the next {@link #pass} runs if turns run first come, first served; or null. */
  public @Nullable Turn nextTurn() {
    return ready.oldest();
  }

  /** How many turns are ready. */
  public int readyTurns() {
    return ready.size();
  }

  /** When time alone brings something about; {@link Long#MAX_VALUE} when it does not. */
  public long nextWakeMillis() {
    Deadline deadline = deadlines.peek();
    while (deadline != null && deadline.context().hasEnded()) {
      deadlines.remove();
      deadline = deadlines.peek();
    }
    return deadline == null
        ? timers.nextDueMillis()
        : Math.min(timers.nextDueMillis(), deadline.dueMillis());
  }

  private void awaitArrival() {
    long until = nextWakeMillis();
    if (engine.hasNativeWork()) {
      // The engine has no way to wake this thread: look again soon, less often as it takes longer.
      inbox.park(pollNanos);
      pollNanos = Math.min(pollNanos * 2, POLL_MAX_NANOS);
    } else {
      clock.await(inbox, until);
    }
  }

  /** Takes in what had arrived by now; what arrives meanwhile waits for the next pass. */
  private void admitArrivals() {
    for (long waiting = inbox.waiting(); waiting > 0; waiting--) {
      inbox.take().run();
    }
  }

  private void meetDeadlines() {
    Deadline next = deadlines.peek();
    while (next != null && (next.dueMillis() <= nowMillis || next.context().hasEnded())) {
      deadlines.remove();
      if (!next.context().hasEnded()) {
        next.action().run();
      }
      next = deadlines.peek();
    }
  }

  private void readyDueTimers() {
    Timers.Timer timer = timers.takeDue(nowMillis);
    while (timer != null) {
      RequestContext owner = timer.owner();
      owner.finish(Timers.eventToken(timer.token()));
      String message = "T\0" + owner.id().number() + '\0' + timer.token();
      ready.add(new Turn(owner, Turn.Kind.TIMER, message, null, timer.dueMillis()));
      timer = timers.takeDue(nowMillis);
    }
  }

  private void runTurn(Turn turn) {
    Check.that(current == null, "turn of %s started inside a turn", turn.owner());
    RequestContext owner = turn.owner();
    if (owner.hasEnded()) {
      return;
    }
    current = turn;
    LoopObserver watching = owner.observer;
    if (watching != null) {
      watching.turnStarted(turn);
    }
    try {
      engine.run(turn);
    } finally {
      current = null;
      if (watching != null) {
        watching.turnEnded(turn);
      }
    }
    inspect(owner, true);
  }

  /** Looks whether a request is done, or can never be; called after each change that may matter. */
  public void inspect(RequestContext context) {
    inspect(context, false);
  }

  private void inspect(RequestContext context, boolean afterItsTurn) {
    if (context.hasEnded()) {
      return;
    }
    if (context.isComplete()) {
      listener.complete(context, afterItsTurn);
      return;
    }
    hangs.inspect(context);
  }

  /**
   * What the worker's clock shows during a turn (rule 8.10): the due time in a timer's turn, never
   * less than the request has seen.
   */
  public long millisFor(Turn turn) {
    long millis = turn.timeMillis() < 0 ? nowMillis : turn.timeMillis();
    millis = Math.max(millis, turn.owner().lastMillis());
    turn.owner().sawMillis(millis);
    return millis;
  }

  /** The loop's time: read once for each pass. */
  public long millis() {
    return nowMillis;
  }

  /** Hands an arrival to the loop. Thread: any. */
  public void submit(Runnable arrival) {
    inbox.put(arrival);
  }

  /** Ends {@link #run} after the current turn. Thread: any. */
  public void stop() {
    inbox.put(() -> stopping = true);
  }

  /** From now on this observer hears of each request that is opened; null for nobody. */
  public void observe(@Nullable LoopObserver next) {
    observer = next;
  }

  /** Opens a request context. */
  public RequestContext open(Object attachment) {
    RequestContext context = new RequestContext(new RequestId(++lastId), attachment, observer);
    live.put(context.id().number(), context);
    if (observer != null) {
      observer.opened(context);
    }
    return context;
  }

  /** A live request by number, or null. */
  public @Nullable RequestContext find(long number) {
    return live.get(number);
  }

  /** The live requests, oldest first. */
  public List<RequestContext> requests() {
    return List.copyOf(live.values());
  }

  public int inFlight() {
    return live.size();
  }

  /** The turn that runs now, or null between turns. */
  public @Nullable Turn currentTurn() {
    return current;
  }

  /** Queues a turn; ignored when its owner has ended. */
  public void ready(Turn turn) {
    if (!turn.owner().hasEnded()) {
      ready.add(turn);
    }
  }

  /**
   * Starts a timer: a pending event whose turn is told its due time.
   *
   * @param name of the function that started it
   */
  public void startTimer(RequestContext owner, long token, long delayMillis, String name) {
    if (owner.hasEnded()) {
      return;
    }
    long from = Math.max(nowMillis, 0);
    if (current != null) {
      from = millisFor(current);
    }
    timers.start(owner, token, from + delayMillis);
    owner.start(
        new PendingEvent(
            Timers.eventToken(token), PendingEvent.Kind.TIMER, name + " " + delayMillis + " ms"));
  }

  /** The token of the timer behind a pending event. */
  public static long timerOf(PendingEvent event) {
    return Timers.timerOf(event.token());
  }

  /**
   * Limits a request's time: the action runs on the loop, outside JavaScript, unless the request
   * has ended by then. It is no pending event.
   */
  public void startDeadline(RequestContext context, long delayMillis, Runnable action) {
    deadlines.add(new Deadline(nowMillis + delayMillis, context, action));
  }

  /** Cancels a timer and returns whose it was; null for unknown ones. */
  public @Nullable RequestContext cancelTimer(long token) {
    RequestContext owner = timers.cancel(token);
    if (owner != null) {
      owner.finish(Timers.eventToken(token));
    }
    return owner;
  }

  /**
   * Ends a request: its pending events are dropped, and those who waited for its promises are
   * looked at again.
   */
  public void end(RequestContext context) {
    List<PendingEvent> left = List.copyOf(context.pendingEvents());
    List<RequestContext> followers = List.copyOf(context.followers());
    context.markEnded();
    live.remove(context.id().number());
    for (PendingEvent event : left) {
      if (event.kind() == PendingEvent.Kind.TIMER) {
        timers.cancelByEvent(event.token());
      }
    }
    if (context.observer != null) {
      context.observer.ended(context);
    }
    for (RequestContext follower : followers) {
      hangs.inspect(follower);
    }
  }
}
