package dev.whence.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whence.runtime.InFlight;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.RequestObserver;
import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.Timeline;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.WorkerRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code GET /api/events}, as a browser reads it. */
@Timeout(60)
class EventStreamTest extends ServerTest {
  private final ObservedFake worker = new ObservedFake();

  private void start(Recording recording) throws IOException {
    server = Server.create(ServerOptions.of("127.0.0.1", 0, 0).recording(recording));
    server.host().replace(worker);
    server.listen();
  }

  private Stream connect() throws Exception {
    return opened(new Stream(server.adminPort()));
  }

  @Test
  void tellsWhatEndedAndWhatIsInFlight() throws Exception {
    start(Recording.WHILE_WATCHED);
    Stream stream = connect();
    assertThat(stream.next("hello").path("worker").asText()).isEqualTo("observed");
    assertThat(stream.next("update").path("ended")).isEmpty();

    soon(worker.observers).ended(item("r1", Outcome.EXCEPTION), timeline());
    JsonNode update = stream.nextWith("ended");
    assertThat(update.path("ended").path(0).path("item").path("outcome").asText())
        .isEqualTo("exception");
    assertThat(update.path("ended").path(0).path("timeline").path("start").asLong()).isEqualTo(7);
    assertThat(update.path("counts").path("failed").asInt()).isEqualTo(1);

    worker.inFlight = 2;
    assertThat(stream.nextWith("inFlight").path("inFlight").path("total").asInt()).isEqualTo(2);
  }

  @Test
  void remembersForADashboardThatIsOpenedLater() throws Exception {
    start(Recording.ALWAYS);
    soon(worker.observers).ended(item("r1", Outcome.EXCEPTION), null);
    connect().nextWith("ended");
    Stream late = connect();
    late.next("hello");
    assertThat(late.next("update").path("ended").path(0).path("item").path("whence"))
        .hasToString("{\"request\":\"r1\",\"isolate\":1}");
  }

  @Test
  void observesOnlyWhileADashboardIsOpenWhenToldSo() throws Exception {
    start(Recording.WHILE_WATCHED);
    assertThat(worker.observers).isEmpty();
    Stream stream = connect();
    soon(worker.observers);
    stream.close();
    assertThat(worker.left.get()).isTrue();
  }

  @Test
  void samplesAFloodAndCountsExactly() throws Exception {
    start(Recording.ALWAYS);
    Stream stream = connect();
    stream.next("hello");
    RequestObserver observer = soon(worker.observers);
    for (int i = 0; i < 5_000; i++) {
      observer.ended(item("r" + i, i == 2_500 ? Outcome.EXCEPTION : Outcome.OK), null);
    }
    long ended = 0;
    List<String> failed = new ArrayList<>();
    int shown = 0;
    while (ended < 5_000) {
      JsonNode update = stream.nextWith("ended");
      ended += update.path("counts").path("ended").asLong();
      shown += update.path("ended").size();
      for (JsonNode one : update.path("ended")) {
        if (one.path("matters").asBoolean()) {
          failed.add(one.path("item").path("whence").path("request").asText());
        }
      }
    }
    assertThat(ended).isEqualTo(5_000);
    assertThat(failed).containsExactly("r2500");
    assertThat(shown).isLessThan(2_000);
  }

  @Test
  void refusesTheSeventeenthDashboard() throws Exception {
    start(Recording.ALWAYS);
    for (int i = 0; i < 16; i++) {
      connect().next("hello");
    }
    try (RawClient admin = new RawClient(server.adminPort())) {
      assertThat(admin.sendHead("GET /api/events HTTP/1.1", "Host: localhost").read().status())
          .isEqualTo(503);
    }
  }

  private static Timeline timeline() {
    return new Timeline(7, 8, List.of(), List.of(), List.of(), 0);
  }

  private static TraceItem item(String request, Outcome outcome) {
    return new TraceItem(
        outcome,
        "observed",
        new TraceItem.FetchEvent("GET", "http://a/", List.of(), 0),
        1_000,
        List.of(),
        List.of(),
        false,
        0,
        5,
        new TraceItem.Whence(request, 1));
  }

  /** A worker that can be looked into. */
  private static final class ObservedFake implements LoadedWorker {
    final BlockingQueue<RequestObserver> observers = new LinkedBlockingQueue<>();
    final CompletableFuture<Boolean> left = new CompletableFuture<>();
    volatile int inFlight;

    @Override
    public String name() {
      return "observed";
    }

    @Override
    public Runnable observe(RequestObserver observer) {
      observers.add(observer);
      return () -> left.complete(true);
    }

    @Override
    public CompletableFuture<InFlight> inFlightNow(int limit) {
      return CompletableFuture.completedFuture(new InFlight(inFlight, List.of(), List.of()));
    }

    @Override
    public Runnable fetch(WorkerRequest request, ResponseSink sink) {
      throw new UnsupportedOperationException("nobody asks it");
    }

    @Override
    public int inFlight() {
      return inFlight;
    }

    @Override
    public CompletableFuture<Void> drained() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }

  /** What a browser's EventSource does. */
  private static final class Stream implements AutoCloseable {
    private final InputStream in;
    private final BufferedReader lines;

    Stream(int port) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/events"))
              .timeout(Duration.ofSeconds(20))
              .build();
      var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
      in = response.body();
      lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** The next event, which must be of that type. */
    JsonNode next(String type) throws IOException {
      String line = lines.readLine();
      while (line.isEmpty() || line.startsWith(":")) {
        line = lines.readLine();
      }
      assertThat(line).isEqualTo("event: " + type);
      String data = lines.readLine();
      assertThat(data).startsWith("data: ");
      return new ObjectMapper().readTree(data.substring("data: ".length()));
    }

    /** The next update in which that is not empty. */
    JsonNode nextWith(String key) throws IOException {
      while (true) {
        String line = lines.readLine();
        if (line.startsWith("data: ")) {
          JsonNode update = new ObjectMapper().readTree(line.substring("data: ".length()));
          if (!update.path(key).isEmpty() && update.path(key).path("total").asInt(1) > 0) {
            return update;
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
