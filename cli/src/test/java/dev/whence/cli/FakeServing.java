package dev.whence.cli;

import dev.whence.runtime.StartupLog;
import dev.whence.runtime.TraceItem.Log;
import dev.whence.runtime.TraceListener;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import dev.whence.runtime.WorkerStartException;
import dev.whence.server.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A server without sockets. A script that contains {@code broken} does not start. */
final class FakeServing implements Serving, Serving.Opener {
  final List<WorkerOptions> loaded = new CopyOnWriteArrayList<>();
  final List<String> scripts = new CopyOnWriteArrayList<>();
  volatile @Nullable Address address;
  volatile @Nullable Recording recording;
  volatile @Nullable TraceListener traces;
  volatile boolean stopped;
  volatile int inFlight;
  volatile @Nullable String portProblem;

  @Override
  public Serving open(Address address, Recording recording, TraceListener traces) {
    this.address = address;
    this.recording = recording;
    this.traces = traces;
    return this;
  }

  @Override
  public Ports awaitPorts() throws PortException {
    if (portProblem != null) {
      throw new PortException(portProblem);
    }
    return new Ports(1234, 1235);
  }

  @Override
  public void load(WorkerSource source, WorkerOptions options, StartupLog log)
      throws WorkerStartException {
    String script = read(source);
    if (script.contains("broken")) {
      throw new WorkerStartException(
          "SyntaxError: Unexpected token",
          new WorkerStartException.Site(source.entry(), 1, 1, script));
    }
    if (script.contains("chatty")) {
      log.line(new Log("[\"json\"]", null, "log", 0, "starting { at: 5 }"));
    }
    scripts.add(script);
    loaded.add(options);
  }

  private static String read(WorkerSource source) {
    try {
      byte[] bytes = source.modules().read(source.entry());
      return bytes == null ? "broken: missing" : new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  @Override
  public void stop(Duration patience) {
    stopped = true;
  }
}
