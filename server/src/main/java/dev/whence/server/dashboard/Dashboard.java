package dev.whence.server.dashboard;

import dev.whence.runtime.InFlight;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's part of the admin port: its files, and what they and {@code whence ps} and {@code
 * whence dump} ask for. Who may ask is decided before.
 *
 * <p>Thread: any; requests are handled on an event loop.
 */
public final class Dashboard {
  /** Listing all promises walks the whole heap. */
  private static final long ANSWER_SECONDS = 30;

  private final Vertx vertx;
  private final Feed feed;
  private final DashboardFiles files = new DashboardFiles();
  private long timer = -1;

  /**
   * A dashboard of no worker yet.
   *
   * @param recordsAlways true: what ended before it was opened can be looked at, too
   */
  public Dashboard(Vertx vertx, boolean recordsAlways) {
    this.vertx = vertx;
    this.feed = new Feed(recordsAlways);
  }

  /** Begins to send; called once. */
  public void start() {
    timer = vertx.setPeriodic(Feed.ROUND_MILLIS, id -> feed.round());
  }

  /** Ends what is open. */
  public void stop() {
    vertx.cancelTimer(timer);
    feed.close();
  }

  /** A worker is there and takes all new requests. */
  public void workerStarted(ObservedWorker worker) {
    feed.add(worker);
  }

  /** A worker has been closed. */
  public void workerClosed(ObservedWorker worker) {
    feed.remove(worker);
  }

  /** Answers a GET, if it is for one of the dashboard's paths. */
  public boolean answer(HttpServerRequest request) {
    String path = request.path();
    switch (path) {
      case "/api/in-flight" ->
          sendJson(request, feed.inFlightNow().thenApplyAsync(InFlight::toJson));
      case "/api/promises" -> sendPromises(request);
      case "/api/events" -> stream(request.response());
      default -> {
        return sendFile(request, path);
      }
    }
    return true;
  }

  private boolean sendFile(HttpServerRequest request, String path) {
    DashboardFiles.File file = files.at(path);
    if (file == null) {
      return false;
    }
    var unused = request.response().putHeader("content-type", file.mediaType()).end(file.bytes());
    return true;
  }

  private void sendPromises(HttpServerRequest request) {
    ObservedWorker worker = feed.current();
    if (worker == null) {
      send(request, 503, error("no worker is running"));
    } else {
      sendJson(request, worker.promises());
    }
  }

  private static void sendJson(HttpServerRequest request, CompletableFuture<String> json) {
    CompletableFuture<?> unused =
        json.copy()
            .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
            .whenComplete((text, failure) -> sendAnswer(request, text));
  }

  private static void sendAnswer(HttpServerRequest request, @Nullable String text) {
    if (text == null) {
      send(request, 503, error("the worker is busy running JavaScript and does not answer"));
    } else {
      send(request, 200, text);
    }
  }

  private static String error(String what) {
    return "{\"error\":" + Message.quoted(what) + "}";
  }

  private static void send(HttpServerRequest request, int status, String json) {
    var unused =
        request
            .response()
            .setStatusCode(status)
            .putHeader("content-type", "application/json")
            .end(json);
  }

  private void stream(HttpServerResponse response) {
    response.setChunked(true).putHeader("content-type", "text/event-stream");
    Viewer viewer = new Viewer(response);
    response.exceptionHandler(clientLeft -> feed.close(viewer));
    response.closeHandler(closed -> feed.close(viewer));
    if (!feed.open(viewer)) {
      // An answer without this media type makes the browser's EventSource give up.
      response.headers().set("content-type", "application/json");
      var unused =
          response
              .setStatusCode(503)
              .end(error("no more than " + Feed.VIEWERS + " dashboards at the same time"));
    }
  }
}
