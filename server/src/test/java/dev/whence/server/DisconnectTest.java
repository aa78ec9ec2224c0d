package dev.whence.server;

import static dev.whence.server.FakeWorker.bytes;
import static dev.whence.server.FakeWorker.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.WorkerRequest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A client that leaves is noticed while the worker does something else (rule 12.1). */
class DisconnectTest extends ServerTest {

  private final BlockingQueue<ResponseSink> sinks = new LinkedBlockingQueue<>();
  private final FakeWorker waiting = FakeWorker.of((request, sink) -> sinks.add(sink));

  @Test
  void noticesAClosedConnection() throws Exception {
    serve(waiting);
    RawClient client = client().sendHead("GET / HTTP/1.1", "Host: test");
    WorkerRequest request = soon(waiting.requests);

    client.close();

    assertThat(soon(waiting.left)).isSameAs(request);
  }

  @Test
  void noticesAResetConnection() throws Exception {
    serve(waiting);
    RawClient client = client().sendHead("GET / HTTP/1.1", "Host: test");
    soon(waiting.requests);

    client.socket.setSoLinger(true, 0);
    client.close();

    soon(waiting.left);
  }

  @Test
  void noticesItBehindAnUnreadBody() throws Exception {
    serve(waiting);
    RawClient client = client().sendHead("POST / HTTP/1.1", "Host: test", "Content-Length: 50000");
    client.send(new byte[50_000]);
    soon(waiting.requests);

    client.close();

    soon(waiting.left);
  }

  @Test
  void noticesItBehindAnUnreadBodyInManyPieces() throws Exception {
    serve(waiting);
    RawClient client =
        client().sendHead("POST / HTTP/1.1", "Host: test", "Transfer-Encoding: chunked");
    for (int i = 0; i < 500; i++) {
      client.send("3\r\nabc\r\n");
    }
    soon(waiting.requests);

    client.close();

    soon(waiting.left);
  }

  @Test
  void noticesItWhileAStreamWaits() throws Exception {
    serve(waiting);
    RawClient client = client().sendHead("GET / HTTP/1.1", "Host: test");
    ResponseSink sink = soon(sinks);
    sink.head(head(200), -1);
    sink.write(bytes("first"), () -> {});
    client.readHead();
    client.readChunk();

    client.close();

    soon(waiting.left);
  }

  @Test
  void noticesItWhileTheClientOfHttp10Waits() throws Exception {
    serve(waiting);
    RawClient client = client().sendHead("GET / HTTP/1.0");
    soon(waiting.requests);

    client.close();

    soon(waiting.left);
  }

  @Test
  void answersAClientThatOnlyClosedItsSendingSide() throws Exception {
    serve(waiting);
    RawClient client = client().sendHead("GET / HTTP/1.1", "Host: test");
    ResponseSink sink = soon(sinks);
    client.socket.shutdownOutput();
    assertThat(client.readHead().status()).isEqualTo(100);
    assertThat(client.readHead().status()).isEqualTo(100);

    assertThat(waiting.left).isEmpty();
    sink.whole(head(200), bytes("still there"));

    assertThat(client.read().body()).isEqualTo("still there");
    assertThat(client.readToEnd()).isEmpty();
  }

  @Test
  void answersAllThatWasAskedBeforeTheSendingSideClosed() throws Exception {
    serve(FakeWorker.of((request, sink) -> sink.whole(head(200), bytes(request.url()))));
    RawClient client = client();

    client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    client.socket.shutdownOutput();

    assertThat(client.read().body()).isEqualTo("http://a/1");
    assertThat(client.read().body()).isEqualTo("http://a/2");
    assertThat(client.readToEnd()).isEmpty();
  }

  @Test
  void noticesALeaveAfterTheSendingSideClosed() throws Exception {
    serve(waiting);
    RawClient client = client().sendHead("GET / HTTP/1.1", "Host: test");
    soon(waiting.requests);
    client.socket.shutdownOutput();
    assertThat(client.readHead().status()).isEqualTo(100);

    client.close();

    soon(waiting.left);
  }

  @Test
  void saysNothingAfterACompleteAnswer() throws Exception {
    FakeWorker worker = FakeWorker.saying("ok");
    serve(worker);
    RawClient client = client();
    client.get("/");

    client.close();
    client().get("/");

    assertThat(worker.left).isEmpty();
  }

  @Test
  void ignoresWhatTheWorkerStillSends() throws Exception {
    serve(waiting);
    RawClient client = client().sendHead("GET / HTTP/1.1", "Host: test");
    ResponseSink sink = soon(sinks);
    client.close();
    soon(waiting.left);

    sink.head(head(200), -1);
    sink.write(bytes("late"), () -> {});
    sink.end();
    sink.abort();

    RawClient other = client().sendHead("GET / HTTP/1.1", "Host: test");
    soon(sinks).whole(head(200), bytes("ok"));
    assertThat(other.read().body()).isEqualTo("ok");
  }
}
