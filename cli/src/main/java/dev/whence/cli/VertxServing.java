package dev.whence.cli;

import dev.whence.cli.print.Colours;
import dev.whence.cli.print.StartError;
import dev.whence.runtime.InFlight;
import dev.whence.runtime.RequestHandle;
import dev.whence.runtime.RequestObserver;
import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.StartupLog;
import dev.whence.runtime.TraceListener;
import dev.whence.runtime.Transport;
import dev.whence.runtime.Worker;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerRequest;
import dev.whence.runtime.WorkerSource;
import dev.whence.runtime.WorkerStartException;
import dev.whence.server.LoadedWorker;
import dev.whence.server.Recording;
import dev.whence.server.Server;
import dev.whence.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The real thing: module {@code server} with a {@link Worker} behind it.
 *
 * <p>Thread: any.
 */
final class VertxServing implements Serving {
  private final Address address;
  private final Recording recording;
  private final TraceListener traces;
  private final CompletableFuture<Server> created = new CompletableFuture<>();
  private final CompletableFuture<Ports> ports = new CompletableFuture<>();

  private VertxServing(Address address, Recording recording, TraceListener traces) {
    this.address = address;
    this.recording = recording;
    this.traces = traces;
  }

  /** Begins to open ports. */
  static Serving open(Address address, Recording recording, TraceListener traces) {
    VertxServing serving = new VertxServing(address, recording, traces);
    Thread thread = new Thread(serving::listen, "whence-listen");
    thread.setDaemon(true);
    thread.start();
    return serving;
  }

  private void listen() {
    try {
      int adminPort = adminPort(address);
      ServerOptions options =
          ServerOptions.of(address.host(), address.port(), adminPort).recording(recording);
      Server server = Server.create(address.showCauses() ? options.showingCauses() : options);
      created.complete(server);
      listen(server, adminPort);
    } catch (PortException | RuntimeException | Error e) {
      created.completeExceptionally(e);
      ports.completeExceptionally(e);
    }
  }

  private void listen(Server server, int adminPort) throws PortException {
    try {
      server.listen();
      ports.complete(new Ports(server.port(), server.adminPort()));
    } catch (IOException e) {
      boolean isAdmin = server.adminPort() == 0; // it is opened first
      throw isAdmin
          ? PortProblem.of(e, "127.0.0.1", adminPort, "--admin-port")
          : PortProblem.of(e, address.host(), address.port(), "--port");
    }
  }

  /** The usual port is left to whoever has it already, often another whence. */
  private static int adminPort(Address address) {
    Integer wanted = address.adminPort();
    if (wanted != null) {
      return wanted;
    }
    int usual = WorkerArguments.USUAL_ADMIN_PORT;
    try (ServerSocket probe =
        new ServerSocket(usual, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return probe.getLocalPort();
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public Ports awaitPorts() throws PortException, InterruptedException {
    try {
      return ports.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PortException problem) {
        throw problem;
      }
      throw new IllegalStateException("the server could not be created", e.getCause());
    }
  }

  @Override
  public void load(WorkerSource source, WorkerOptions options, StartupLog log)
      throws WorkerStartException {
    // Top-level code makes no subrequests, so the transport may come later than the worker.
    Transport transport = (request, heard) -> created.join().transport().start(request, heard);
    try {
      Worker worker = Worker.load(source, options, transport, traces, log);
      created.join().host().replace(new Served(options.name(), worker));
    } catch (WorkerStartException e) {
      String text = StartError.describe(e, source, Colours.OFF);
      created.join().host().failedToStart(options.name(), text);
      throw e;
    }
  }

  @Override
  public int inFlight() {
    return isCreated() ? created.join().host().inFlight() : 0;
  }

  @Override
  public void stop(Duration patience) {
    if (!created.isCompletedExceptionally()) {
      created.join().stop(patience);
    }
  }

  private boolean isCreated() {
    return created.isDone() && !created.isCompletedExceptionally();
  }

  /** A worker as the server knows it. */
  private record Served(String name, Worker worker) implements LoadedWorker {
    @Override
    public Runnable fetch(WorkerRequest request, ResponseSink sink) {
      RequestHandle handle = worker.fetch(request, sink);
      return handle::disconnected;
    }

    @Override
    public int inFlight() {
      return worker.inFlight();
    }

    @Override
    public CompletableFuture<InFlight> inFlightNow(int limit) {
      return worker.inFlightNow(limit);
    }

    @Override
    public CompletableFuture<String> promises() {
      return worker.promises();
    }

    @Override
    public Runnable observe(RequestObserver observer) {
      return worker.observe(observer);
    }

    @Override
    public CompletableFuture<Void> drained() {
      return worker.drained().thenRun(() -> {});
    }

    @Override
    public void close() {
      worker.close();
    }
  }
}
