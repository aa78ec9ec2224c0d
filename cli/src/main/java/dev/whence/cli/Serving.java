package dev.whence.cli;

import dev.whence.runtime.StartupLog;
import dev.whence.runtime.TraceListener;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import dev.whence.runtime.WorkerStartException;
import dev.whence.server.Recording;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the commands need of the server: ports that are open, and the worker behind them. Tests give
 * the commands one without sockets.
 *
 * <p>Thread: any; the methods block.
 */
interface Serving {

  /**
   * Where to listen.
   *
   * @param host name or address
   * @param port 0 for any free one
   * @param adminPort null for the usual one, or another when that is taken
   * @param showCauses whether clients see why their request failed, with the worker's source
   */
  record Address(String host, int port, @Nullable Integer adminPort, boolean showCauses) {}

  /** A port cannot be opened; the message is one line that says what to do. */
  final class PortException extends Exception {
    private static final long serialVersionUID = 1L;

    PortException(String message) {
      super(message);
    }
  }

  /** Opens ports. */
  @FunctionalInterface
  interface Opener {
    /**
     * Begins to open the ports, in the background: a worker can be loaded at the same time. Until
     * one is, requests are answered with 503.
     *
     * @param traces hears of every request that ends
     */
    Serving open(Address address, Recording recording, TraceListener traces);
  }

  /**
   * The ports that are open; the real ones when any free ones were asked for.
   *
   * @param port for requests
   * @param adminPort for the operator
   */
  record Ports(int port, int adminPort) {}

  /** Waits until the ports are open. */
  Ports awaitPorts() throws PortException, InterruptedException;

  /**
   * Starts a worker and gives it all new requests; the previous one finishes those it has. When the
   * start fails, requests are answered with what is wrong.
   *
   * @param log hears what the worker logs at start-up
   */
  void load(WorkerSource source, WorkerOptions options, StartupLog log) throws WorkerStartException;

  /** Requests that have not ended, waitUntil work included. */
  int inFlight();

  /**
   * Takes no new requests, waits until those in flight have ended, at most {@code patience}, and
   * ends.
   */
  void stop(Duration patience);
}
