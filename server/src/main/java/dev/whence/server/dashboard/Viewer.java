package dev.whence.server.dashboard;

import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * One open dashboard: what it is sent, at the speed at which it reads. While it is behind, updates
 * are gathered, and of those what its backlog has no room for is left out and counted.
 *
 * <p>Thread: one at a time.
 */
final class Viewer {
  private static final int BACKLOG_REQUESTS = 1_000;
  private static final long BACKLOG_CHARACTERS = 8 << 20;

  /** A heartbeat after so many silent rounds. */
  private static final int SILENT_ROUNDS = 60;

  private final HttpServerResponse response;
  private final Backlog backlog = new Backlog(BACKLOG_REQUESTS, BACKLOG_CHARACTERS);
  private @Nullable String shownInFlight;
  private int silence;

  Viewer(HttpServerResponse response) {
    this.response = response;
  }

  /** Sends a message at once: the ones at the beginning. */
  void send(String message) {
    // A failed write means that the client left, which the response's close handler hears as well.
    var unused = response.write(message);
  }

  /**
   * One round: tells what ended since the last one, and what is in flight if that has changed.
   *
   * @param inFlight JSON, or null when nothing is known
   */
  void update(Sampler.Sample sample, @Nullable String inFlight, long nowMillis) {
    backlog.add(sample);
    if (response.writeQueueFull()) {
      return;
    }
    boolean changed = inFlight != null && !inFlight.equals(shownInFlight);
    if (backlog.isEmpty() && !changed) {
      if (++silence >= SILENT_ROUNDS) {
        silence = 0;
        send(Message.HEARTBEAT);
      }
      return;
    }
    silence = 0;
    send(Message.update(nowMillis, backlog.requests(), backlog.counts(), inFlight));
    backlog.clear();
    if (inFlight != null) {
      shownInFlight = inFlight;
    }
  }

  void close() {
    var unused = response.end();
  }
}
