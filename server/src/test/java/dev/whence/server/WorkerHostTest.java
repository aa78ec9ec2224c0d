package dev.whence.server;

import static dev.whence.server.FakeWorker.bytes;
import static dev.whence.server.FakeWorker.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.runtime.ResponseSink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerHostTest extends ServerTest {

  private final BlockingQueue<ResponseSink> sinks = new LinkedBlockingQueue<>();

  @Test
  void replacesAWorkerWithoutLosingItsRequests() throws Exception {
    FakeWorker old = FakeWorker.of((request, sink) -> sinks.add(sink));
    FakeWorker next = FakeWorker.saying("new");
    startWith(old);
    RawClient before = client().sendHead("GET / HTTP/1.1", "Host: a");
    ResponseSink sink = soon(sinks);

    server.host().replace(next);

    assertThat(client().get("/").body()).isEqualTo("new");
    assertThat(old.closed).isNotDone();
    sink.whole(head(200), bytes("old"));
    assertThat(before.read().body()).isEqualTo("old");
    old.drained.complete(null);
    old.closed.get(10, TimeUnit.SECONDS);
    assertThat(next.closed).isNotDone();
    assertThat(server.host().served()).isEqualTo(2);
  }

  @Test
  void closesAReplacedWorkerThatDoesNotGetDone() throws Exception {
    FakeWorker old = FakeWorker.of((request, sink) -> sinks.add(sink));
    startWith(old, Duration.ofMillis(50));

    server.host().replace(FakeWorker.saying("new"));

    old.closed.get(10, TimeUnit.SECONDS);
  }

  @Test
  void saysWhyThereIsNoWorker() throws Exception {
    startWith(null);
    assertThat(client().get("/").status()).isEqualTo(503);

    server.host().failedToStart("shop", "SyntaxError: Unexpected token\n  shop.js:3:1");

    RawClient.Answer answer = client().get("/");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("whence-error")).isEqualTo("startup");
    assertThat(answer.body()).isEqualTo("SyntaxError: Unexpected token\n  shop.js:3:1\n");

    server.host().replace(FakeWorker.saying("repaired"));
    assertThat(client().get("/").body()).isEqualTo("repaired");
  }

  @Test
  void retiresTheWorkerThatANewVersionShouldHaveReplaced() throws Exception {
    FakeWorker old = FakeWorker.saying("old");
    startWith(old);
    old.drained.complete(null);

    server.host().failedToStart("shop", "broken");

    old.closed.get(10, TimeUnit.SECONDS);
    assertThat(client().get("/").body()).isEqualTo("broken\n");
  }

  @Test
  void finishesWhatIsInFlightBeforeItStops() throws Exception {
    FakeWorker worker = FakeWorker.of((request, sink) -> sinks.add(sink));
    startWith(worker);
    RawClient idle = client();
    RawClient busy = client().sendHead("GET / HTTP/1.1", "Host: a");
    ResponseSink sink = soon(sinks);

    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(10)));

    assertThat(idle.readToEnd()).isEmpty();
    assertThatThrownBy(this::client).isInstanceOf(IOException.class);
    assertThat(stopped).isNotDone();
    sink.whole(head(200), bytes("last"));
    assertThat(busy.read().body()).isEqualTo("last");
    worker.drained.complete(null);
    stopped.get(10, TimeUnit.SECONDS);
    assertThat(worker.closed).isDone();
  }

  @Test
  void cutsWhatIsNotDoneInTime() throws Exception {
    FakeWorker worker = FakeWorker.of((request, sink) -> sinks.add(sink));
    startWith(worker);
    RawClient busy = client().sendHead("GET / HTTP/1.1", "Host: a");
    soon(sinks);

    server.stop(Duration.ofMillis(50));

    assertThat(busy.readToEnd()).isEmpty();
    assertThat(worker.closed).isDone();
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    startWith(null);

    Server second = Server.create(ServerOptions.of("127.0.0.1", server.port(), 0));

    assertThatThrownBy(second::listen)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Port " + server.port() + " is in use");
  }

  private void startWith(FakeWorker worker) throws IOException {
    startWith(worker, Duration.ofSeconds(60));
  }

  private void startWith(FakeWorker worker, Duration retireTime) throws IOException {
    server =
        Server.create(
            new ServerOptions(
                "127.0.0.1",
                0,
                "127.0.0.1",
                0,
                Duration.ofSeconds(30),
                Duration.ofSeconds(75),
                retireTime,
                false,
                Recording.WHILE_WATCHED));
    if (worker != null) {
      server.host().replace(worker);
    }
    server.listen();
  }
}
