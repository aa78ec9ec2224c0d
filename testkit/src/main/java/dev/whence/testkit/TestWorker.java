package dev.whence.testkit;

import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Limits;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.Provenance;
import dev.whence.runtime.RequestHandle;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.Worker;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerRequest;
import dev.whence.runtime.WorkerSource;
import dev.whence.runtime.WorkerStartException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A worker under test on a real isolate, with clients and upstream in memory.
 *
 * <p>Thread: any.
 */
public final class TestWorker implements AutoCloseable {
  private final Worker worker;
  private final Traces traces;
  private final FakeTransport upstream;

  private TestWorker(Worker worker, Traces traces, FakeTransport upstream) {
    this.worker = worker;
    this.traces = traces;
    this.upstream = upstream;
  }

  /** A module worker with the given text as its main module. */
  public static Builder of(String script) {
    return new Builder("worker.js", script);
  }

  /** A worker whose main module has that name. */
  public static Builder of(String name, String script) {
    return new Builder(name, script);
  }

  /** How the worker is set up. */
  public static final class Builder {
    private final Map<String, byte[]> modules = new LinkedHashMap<>();
    private final String entry;
    private final Map<String, Object> bindings = new LinkedHashMap<>();
    private final List<String> flags = new ArrayList<>();
    private @Nullable String date;
    private @Nullable CrossRequest mode;
    private boolean terminalLogs;
    private Provenance provenance = Provenance.OWNERS;
    private boolean earlyWarnings;
    private Limits limits = Limits.defaults();

    private Builder(String entry, String script) {
      this.entry = entry;
      module(entry, script);
    }

    public Builder module(String name, String text) {
      return module(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public Builder module(String name, byte[] bytes) {
      modules.put(name, bytes);
      return this;
    }

    public Builder binding(String name, Object value) {
      bindings.put(name, value);
      return this;
    }

    public Builder date(String compatibilityDate) {
      date = compatibilityDate;
      return this;
    }

    public Builder flag(String flag) {
      flags.add(flag);
      return this;
    }

    public Builder mode(CrossRequest crossRequest) {
      mode = crossRequest;
      return this;
    }

    public Builder terminalLogs() {
      terminalLogs = true;
      return this;
    }

    /** As `dev` does it: places are recorded, risks are told. */
    public Builder explained() {
      provenance = Provenance.SITES;
      earlyWarnings = true;
      return this;
    }

    public Builder limits(Limits given) {
      limits = given;
      return this;
    }

    /** Starts it; a worker that does not start fails the test. */
    public TestWorker start() {
      try {
        return tryStart();
      } catch (WorkerStartException e) {
        throw new IllegalStateException(e.getMessage() + " " + e.site(), e);
      }
    }

    public TestWorker tryStart() throws WorkerStartException {
      WorkerOptions options =
          new WorkerOptions(
              "test",
              bindings,
              date,
              flags,
              mode,
              false,
              terminalLogs,
              false,
              provenance,
              earlyWarnings,
              limits);
      Traces traces = new Traces();
      FakeTransport upstream = new FakeTransport();
      Worker worker =
          Worker.load(WorkerSource.inMemory(entry, modules), options, upstream, traces, traces);
      return new TestWorker(worker, traces, upstream);
    }
  }

  public TestClient get(String path) {
    return send("GET", path, List.of(), null);
  }

  public TestClient post(String path, String body) {
    return send("POST", path, List.of(), body);
  }

  /** Sends a request; {@code headers} is name, value, …. */
  public TestClient send(String method, String path, List<String> headers, @Nullable String body) {
    TestClient client = new TestClient();
    WorkerRequest request =
        new WorkerRequest(
            method,
            "http://worker.test" + path,
            headers,
            body == null ? null : TestClient.body(body.getBytes(StandardCharsets.UTF_8)),
            "127.0.0.1",
            "HTTP/1.1");
    RequestHandle handle = worker.fetch(request, client);
    client.onDisconnect(handle::disconnected);
    return client;
  }

  /** Sends a prepared request. */
  public TestClient send(WorkerRequest request) {
    TestClient client = new TestClient();
    client.onDisconnect(worker.fetch(request, client)::disconnected);
    return client;
  }

  public CompletableFuture<Outcome> scheduled(String cron, Instant time) {
    return worker.scheduled(cron, time);
  }

  public Worker worker() {
    return worker;
  }

  public FakeTransport upstream() {
    return upstream;
  }

  /** Waits for that many trace items and returns all there are, in the order of their ends. */
  public List<TraceItem> traces(int atLeast) {
    return traces.await(atLeast);
  }

  /** Waits for the trace item of a request to that path. */
  public TraceItem trace(String path) {
    return traces.await(hasPath(path));
  }

  private static Predicate<TraceItem> hasPath(String path) {
    return item ->
        item.event() instanceof TraceItem.FetchEvent fetch
            && fetch.url().equals("http://worker.test" + path);
  }

  /** What the worker logged at start-up. */
  public List<String> startupLogs() {
    return traces.startupLogs();
  }

  @Override
  public void close() {
    worker.close();
    upstream.close();
  }
}
