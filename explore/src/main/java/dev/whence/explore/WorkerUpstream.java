package dev.whence.explore;

import dev.whence.loop.Clock;
import dev.whence.runtime.SteppedWorker;
import dev.whence.runtime.Transport;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import dev.whence.runtime.WorkerStartException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An upstream that a worker script plays, in the same virtual time: its timers are latencies. Its
 * own turns come in their natural order, at once; what it must not do is make subrequests.
 *
 * <p>Thread: the explorer's.
 */
public final class WorkerUpstream implements Upstream {
  private final WorkerSource source;
  private final WorkerOptions options;
  private @Nullable Stage stage;

  public WorkerUpstream(WorkerSource source, WorkerOptions options) {
    this.source = source;
    this.options = options;
  }

  @Override
  public Session begin(Clock clock, long seed) {
    Stage open = stage;
    if (open == null) {
      open = new Stage(source, options);
      stage = open;
    }
    return new Playing(open, clock, seed);
  }

  @Override
  public void close() {
    Stage open = stage;
    if (open != null) {
      open.close();
    }
  }

  /** One instance of the script, started when it is first asked. */
  private static final class Playing implements Session {
    private record Asked(Client client, Consumer<Reply> done) {}

    private final Stage stage;
    private final Clock clock;
    private final long seed;
    private final List<Asked> open = new ArrayList<>();
    private SteppedWorker.@Nullable Instance instance;
    private int count;

    Playing(Stage stage, Clock clock, long seed) {
      this.stage = stage;
      this.clock = clock;
      this.seed = seed;
    }

    @Override
    public void ask(Transport.Request request, byte[] body, Consumer<Reply> done) {
      SteppedWorker.Instance playing = started();
      Client client = new Client();
      open.add(new Asked(client, done));
      RequestSpec spec = new RequestSpec(request.method(), request.url(), request.headers(), body);
      playing.admit();
      SteppedWorker.Arrived unused =
          playing.fetch(
              spec.toRequest(body.length == 0 ? null : new Bytes(body, Runnable::run)),
              client,
              (seed + ++count) & 0x7fffffff);
      proceed();
    }

    private SteppedWorker.Instance started() {
      SteppedWorker.Instance playing = instance;
      if (playing == null) {
        Transport none =
            (request, listener) -> {
              throw new MissingStubException(request.method(), request.url());
            };
        try {
          playing = stage.start(clock, none, item -> {}, seed, SteppedWorker.Detail.NONE);
        } catch (WorkerStartException e) {
          throw new IllegalStateException(
              "the upstream's script does not start: " + e.getMessage(), e);
        }
        instance = playing;
      }
      return playing;
    }

    @Override
    public long nextWakeMillis() {
      SteppedWorker.Instance playing = instance;
      return playing == null ? Long.MAX_VALUE : playing.nextWakeMillis();
    }

    @Override
    public void proceed() {
      SteppedWorker.Instance playing = instance;
      if (playing == null) {
        return;
      }
      playing.admit();
      while (!playing.isIdle()) {
        playing.pass();
        playing.completions().forEach(playing::deliver);
      }
      for (Asked asked : List.copyOf(open)) {
        if (asked.client().isOver()) {
          open.remove(asked);
          Answer answer = asked.client().answer();
          asked.done().accept(new Reply(answer.status(), answer.headers(), answer.body()));
        }
      }
    }

    @Override
    public void end() {
      SteppedWorker.Instance playing = instance;
      if (playing != null) {
        stage.end(playing);
      }
    }
  }
}
