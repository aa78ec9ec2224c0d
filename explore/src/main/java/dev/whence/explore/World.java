package dev.whence.explore;

import dev.whence.loop.Turn;
import dev.whence.runtime.BodySource;
import dev.whence.runtime.SteppedWorker;
import dev.whence.runtime.Transport;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything around the isolate in one rehearsal: the clients, the upstream, native threads and
 * time. It knows what could happen next, and lets it happen when it is chosen.
 *
 * <p>Thread: the explorer's.
 */
final class World implements Transport {
  /** So long time may pass before the next request arrives by itself. */
  private static final int TIMES_BEFORE_ARRIVAL = 60;

  private final List<RequestSpec> specs;
  private final VirtualClock clock;
  private final Upstream.Session upstream;
  private final long seed;
  private final List<Integer> waiting = new ArrayList<>();
  private final Map<Integer, Visit> visits = new LinkedHashMap<>();
  private final Map<Long, Visit> byNumber = new LinkedHashMap<>();
  private final Map<String, Choice> happenings = new LinkedHashMap<>();
  private final Map<String, Hop> hops = new LinkedHashMap<>();
  private SteppedWorker.@Nullable Instance instance;
  private @Nullable MissingStubException missing;
  private int times;

  /**
   * Subrequests made outside of any turn: an original request that is forwarded after a failure.
   */
  private int strays;

  private int disconnectsLeft;
  private int failuresLeft;

  /** One request in this world. */
  static final class Visit {
    final int request;
    final Client client = new Client();
    long number;
    SteppedWorker.@Nullable Arrived arrived;
    boolean clientLeft;
    boolean subrequestFailed;
    int subrequests;
    int natives;
    final Set<Long> nativeTokens = new LinkedHashSet<>();

    Visit(int request) {
      this.request = request;
    }
  }

  World(List<RequestSpec> specs, VirtualClock clock, Upstream.Session upstream, long seed) {
    this.specs = specs;
    this.clock = clock;
    this.upstream = upstream;
    this.seed = seed;
  }

  void connect(SteppedWorker.Instance connected) {
    instance = connected;
  }

  private SteppedWorker.Instance instance() {
    SteppedWorker.Instance connected = instance;
    if (connected == null) {
      throw new IllegalStateException("the worker makes a subrequest before it has started");
    }
    return connected;
  }

  /** Sends requests, when they are chosen. */
  void expect(List<Integer> requests, int disconnects, int failures) {
    waiting.addAll(requests);
    disconnectsLeft = disconnects;
    failuresLeft = failures;
  }

  /** Forgets the requests so far: they only warmed the isolate. */
  void forget() {
    visits.clear();
    byNumber.clear();
    happenings.clear();
    hops.clear();
    times = 0;
  }

  Map<Integer, Visit> visits() {
    return visits;
  }

  /** Which request an isolate's number stands for; 0 for none of ours. */
  int requestOf(long number) {
    Visit visit = byNumber.get(number);
    return visit == null ? 0 : visit.request;
  }

  /** What can happen now, what comes by itself first. Faults are last. */
  List<Choice> enabled() {
    List<Choice> enabled = new ArrayList<>();
    long next = instance().nextTurn();
    if (next != 0) {
      Turn.Kind kind = instance().nextTurnKind();
      enabled.add(new Choice("r", Choice.Kind.RUN, requestOf(next), turnText(kind), this::pass));
    }
    happenings.values().removeIf(choice -> !isLive(choice.request()));
    enabled.addAll(happenings.values());
    addNative(enabled);
    List<Choice> arrivals = arrivals();
    long wake = Math.min(instance().nextWakeMillis(), upstream.nextWakeMillis());
    if (wake == Long.MAX_VALUE) {
      enabled.addAll(arrivals);
    } else {
      Choice time = new Choice("t", Choice.Kind.TIME, 0, "time passes", () -> passTime(wake));
      if (times < TIMES_BEFORE_ARRIVAL) {
        enabled.add(time);
        enabled.addAll(arrivals);
      } else {
        enabled.addAll(arrivals);
        enabled.add(time);
      }
    }
    addFaults(enabled);
    return enabled;
  }

  private static String turnText(Turn.@Nullable Kind kind) {
    return kind == null
        ? ""
        : switch (kind) {
          case ARRIVAL -> "its handler runs";
          case TIMER -> "its timer fires";
          case BODY -> "it gets a piece of a body";
          case SUBREQUEST -> "it gets the response";
          case WRITABLE -> "its reader takes more";
          case JOB -> "it goes on";
        };
  }

  private boolean isLive(int request) {
    Visit visit = visits.get(request);
    return request == 0 || (visit != null && instance().isLive(visit.number));
  }

  private void pass() {
    instance().pass();
  }

  /**
   * Judges what needs no choice.
   *
   * @throws MissingStubException if a subrequest was made that nothing answers
   */
  void settle() {
    MissingStubException thrown = missing;
    if (thrown != null) {
      throw thrown;
    }
    instance().admit();
    while (!instance().isIdle() && instance().nextTurn() == 0) {
      instance().pass();
      instance().admit();
    }
  }

  private void passTime(long wake) {
    times++;
    clock.moveTo(wake);
    upstream.proceed();
    instance().admit();
  }

  private List<Choice> arrivals() {
    List<Choice> arrivals = new ArrayList<>();
    for (int request : waiting) {
      RequestSpec spec = specs.get(request - 1);
      // Of requests that are the same the first comes first: else nothing would differ.
      boolean isTwin =
          arrivals.stream().anyMatch(other -> specs.get(other.request() - 1).sameAs(spec));
      if (!isTwin) {
        arrivals.add(
            new Choice(
                "a" + request,
                Choice.Kind.ARRIVAL,
                request,
                spec.label() + " arrives",
                () -> arrive(request, spec)));
      }
    }
    return arrivals;
  }

  private void arrive(int request, RequestSpec spec) {
    times = 0;
    waiting.remove((Integer) request);
    Visit visit = new Visit(request);
    visits.put(request, visit);
    BodySource body =
        spec.body().length == 0
            ? null
            : new Bytes(
                spec.body(),
                deliver ->
                    happen("u" + request, Choice.Kind.CHUNK, request, "its body comes", deliver));
    instance().admit();
    SteppedWorker.Arrived arrived =
        instance().fetch(spec.toRequest(body), visit.client, (seed * 31 + request) & 0x7fffffff);
    visit.arrived = arrived;
    visit.number = arrived.number();
    byNumber.put(arrived.number(), visit);
  }

  private void happen(String key, Choice.Kind kind, int request, String text, Runnable action) {
    happenings.put(
        key,
        new Choice(
            key,
            kind,
            request,
            text,
            () -> {
              happenings.remove(key);
              action.run();
              instance().admit();
            }));
  }

  private void addNative(List<Choice> enabled) {
    for (SteppedWorker.Completion completion : instance().completions()) {
      Visit visit = byNumber.get(completion.request());
      if (visit == null) {
        instance().deliver(completion);
        continue;
      }
      visit.nativeTokens.add(completion.token());
      int ordinal = 1 + List.copyOf(visit.nativeTokens).indexOf(completion.token());
      enabled.add(
          new Choice(
              "n" + visit.request + "." + ordinal,
              Choice.Kind.NATIVE,
              visit.request,
              "its native work is done",
              () -> {
                instance().deliver(completion);
                instance().admit();
              }));
    }
  }

  private void addFaults(List<Choice> enabled) {
    if (disconnectsLeft > 0) {
      for (Visit visit : visits.values()) {
        SteppedWorker.Arrived arrived = visit.arrived;
        if (arrived != null && !visit.client.isOver() && instance().isLive(visit.number)) {
          enabled.add(
              new Choice(
                  "d" + visit.request,
                  Choice.Kind.DISCONNECT,
                  visit.request,
                  "its client leaves",
                  () -> {
                    disconnectsLeft--;
                    visit.clientLeft = true;
                    arrived.client().disconnected();
                    instance().admit();
                  }));
        }
      }
    }
    if (failuresLeft > 0) {
      for (Hop hop : hops.values()) {
        if (!hop.isOver && isLive(hop.request)) {
          enabled.add(
              new Choice(
                  "f" + hop.name(),
                  Choice.Kind.FAILURE,
                  hop.request,
                  hop.text + " fails",
                  () -> {
                    failuresLeft--;
                    hop.fail();
                  }));
        }
      }
    }
  }

  @Override
  public Exchange start(Request request, Listener listener) {
    int owner = requestOf(instance().currentRequest());
    Visit visit = visits.get(owner);
    int ordinal = visit == null ? ++strays : ++visit.subrequests;
    Hop hop = new Hop(owner, ordinal, request, listener);
    hops.put(hop.name(), hop);
    if (!request.streamsBody()) {
      hop.uploaded.writeBytes(request.body());
      hop.ask();
    }
    return hop;
  }

  /** One subrequest on its way. */
  private final class Hop implements Exchange {
    final int request;
    final int ordinal;
    final String text;
    final ByteArrayOutputStream uploaded = new ByteArrayOutputStream();
    private final Request asked;
    private final Listener listener;
    boolean isOver;

    Hop(int request, int ordinal, Request asked, Listener listener) {
      this.request = request;
      this.ordinal = ordinal;
      this.asked = asked;
      this.listener = listener;
      this.text = "fetch " + asked.method() + " " + asked.url();
    }

    String name() {
      return request + "." + ordinal;
    }

    void ask() {
      try {
        upstream.ask(asked, uploaded.toByteArray(), this::replied);
      } catch (MissingStubException e) {
        missing = e;
      }
    }

    private void replied(Upstream.Reply reply) {
      if (!isOver) {
        happen(
            "s" + name(),
            Choice.Kind.ANSWER,
            request,
            "the response of " + text + " comes (" + reply.status() + ")",
            () -> answer(reply));
      }
    }

    private void answer(Upstream.Reply reply) {
      over();
      listener.head(
          reply.status(),
          "",
          reply.headers(),
          new Bytes(
              reply.body(),
              deliver ->
                  happen(
                      "b" + name(),
                      Choice.Kind.CHUNK,
                      request,
                      "the body of " + text + " comes",
                      deliver)));
    }

    void fail() {
      over();
      happenings.remove("s" + name());
      Visit visit = visits.get(request);
      if (visit != null) {
        visit.subrequestFailed = true;
      }
      listener.failed("Network connection lost.");
      instance().admit();
    }

    private void over() {
      isOver = true;
      hops.remove(name());
    }

    @Override
    public void write(byte[] chunk, Runnable whenWritable) {
      uploaded.writeBytes(chunk);
      whenWritable.run();
    }

    @Override
    public void endBody() {
      ask();
    }

    @Override
    public void cancel() {
      over();
      happenings.remove("s" + name());
    }
  }
}
