package dev.whence.server;

import static dev.whence.server.FakeWorker.bytes;
import static dev.whence.server.FakeWorker.head;
import static dev.whence.server.FakeWorker.pull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.runtime.BodySource;
import dev.whence.runtime.ResponseSink;
import java.io.EOFException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HttpBodyTest extends ServerTest {

  private static final int MIB = 1024 * 1024;

  @Test
  void sendsChunksAsTheyCome() throws Exception {
    CountDownLatch firstRead = new CountDownLatch(1);
    serve(
        FakeWorker.of(
            (request, sink) -> {
              sink.head(head(200), -1);
              sink.write(bytes("one"), () -> {});
              firstRead.await();
              sink.write(bytes("two"), sink::end);
            }));
    RawClient client = client();

    client.sendHead("GET / HTTP/1.1", "Host: test");
    assertThat(client.readHead().header("transfer-encoding")).isEqualTo("chunked");
    assertThat(client.readChunk()).isEqualTo("one");
    firstRead.countDown();
    assertThat(client.readChunk()).isEqualTo("two");
    assertThat(client.readChunk()).isEmpty();

    assertThat(client.get("/").body()).isEqualTo("onetwo");
  }

  @Test
  void sendsTheHeadBeforeThereIsABody() throws Exception {
    serve(FakeWorker.of((request, sink) -> sink.head(head(200), 10)));
    RawClient client = client();

    client.sendHead("GET / HTTP/1.1", "Host: test");

    assertThat(client.readHead().header("content-length")).isEqualTo("10");
  }

  @Test
  void holdsTheWorkerBackWhileTheClientDoesNotRead() throws Exception {
    AtomicLong written = new AtomicLong();
    CompletableFuture<Void> finished = new CompletableFuture<>();
    long total = 32L * MIB;
    serve(
        FakeWorker.of(
            (request, sink) -> {
              sink.head(head(200), total);
              writeOn(sink, written, total, finished);
            }));
    RawClient client = client();
    client.sendHead("GET / HTTP/1.1", "Host: test");
    client.readHead();

    long stalledAt = whenItStopsGrowing(written);
    assertThat(stalledAt).isLessThan(total / 2);

    assertThat(client.readText((int) total)).hasSize((int) total);
    finished.get(10, TimeUnit.SECONDS);
  }

  @Test
  void holdsTheClientBackWhileTheWorkerDoesNotPull() throws Exception {
    CompletableFuture<BodySource> body = new CompletableFuture<>();
    CompletableFuture<ResponseSink> sink = new CompletableFuture<>();
    serve(
        FakeWorker.of(
            (request, answer) -> {
              body.complete(request.body());
              sink.complete(answer);
            }));
    RawClient client = client();
    int total = 32 * MIB;
    client.sendHead("POST / HTTP/1.1", "Host: test", "Content-Length: " + total);
    AtomicLong sent = new AtomicLong();
    Thread sender = new Thread(() -> sendOn(client, sent, total));
    sender.start();

    long stalledAt = whenItStopsGrowing(sent);
    assertThat(stalledAt).isLessThan(total / 2);

    assertThat(FakeWorker.drain(body.get())).isEqualTo(total);
    sink.get().whole(head(200), bytes("thanks"));
    assertThat(client.read().body()).isEqualTo("thanks");
    sender.join();
  }

  @Test
  void joinsSmallPiecesThatWaited() throws Exception {
    CompletableFuture<BodySource> body = new CompletableFuture<>();
    serve(
        FakeWorker.of(
            (request, sink) -> {
              body.complete(request.body());
              pull(request.body()).get();
              sink.whole(head(200), bytes("" + FakeWorker.drain(request.body())));
            }));
    RawClient client = client();

    client.sendHead("POST / HTTP/1.1", "Host: test", "Transfer-Encoding: chunked");
    for (int i = 0; i < 1000; i++) {
      client.send("1\r\nx\r\n");
    }
    client.send("0\r\n\r\n");

    int first = 1;
    assertThat(Integer.parseInt(client.read().body()) + first).isBetween(1, 1000);
  }

  @Test
  void keepsTheConnectionAfterASmallBodyThatNobodyRead() throws Exception {
    serve(FakeWorker.saying("ok"));
    RawClient client = client();

    client.sendHead("POST / HTTP/1.1", "Host: test", "Content-Length: 500000");
    assertThat(client.read().body()).isEqualTo("ok");
    client.send(new byte[500_000]);

    assertThat(client.get("/").body()).isEqualTo("ok");
  }

  @Test
  void closesTheConnectionRatherThanReadAHugeBodyThatNobodyWants() throws Exception {
    serve(FakeWorker.saying("ok"));
    RawClient client = client();

    client.sendHead("POST / HTTP/1.1", "Host: test", "Content-Length: 9000000000");
    assertThat(client.read().body()).isEqualTo("ok");

    assertThatThrownBy(
            () -> {
              byte[] piece = new byte[64 * 1024];
              for (int i = 0; i < 10_000; i++) {
                client.send(piece);
              }
            })
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void tellsTheWorkerWhenABodyBreaksOff() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    serve(
        FakeWorker.of(
            (request, sink) -> {
              try {
                FakeWorker.drain(request.body());
              } catch (Exception e) {
                failure.complete(e);
              }
            }));
    RawClient client = client();

    client.sendHead("POST / HTTP/1.1", "Host: test", "Content-Length: 10").send("abc");
    client.close();

    assertThat(failure.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("client closed the connection before the request body was complete");
  }

  @Test
  void cutsAnAbortedStreamSoThatTheClientNotices() throws Exception {
    serve(
        FakeWorker.of(
            (request, sink) -> {
              sink.head(head(200), -1);
              sink.write(bytes("part"), sink::abort);
            }));
    RawClient client = client();

    client.sendHead("GET / HTTP/1.1", "Host: test");
    client.readHead();

    assertThat(client.readChunk()).isEqualTo("part");
    assertThatThrownBy(client::readChunk).isInstanceOf(EOFException.class);
  }

  @Test
  void closesTheConnectionWhenThereWillBeNoAnswer() throws Exception {
    serve(FakeWorker.of((request, sink) -> sink.abort()));
    RawClient client = client();

    client.sendHead("GET / HTTP/1.1", "Host: test");

    assertThat(client.readToEnd()).isEmpty();
  }

  @Test
  void cutsAStreamThatIsShorterOrLongerThanAnnounced() throws Exception {
    serve(
        FakeWorker.of(
            (request, sink) -> {
              sink.head(head(200), 5);
              sink.write(bytes(request.url().endsWith("/long") ? "123456789" : "123"), () -> {});
              sink.end();
            }));

    for (String path : new String[] {"/short", "/long"}) {
      RawClient client = client();
      client.sendHead("GET " + path + " HTTP/1.1", "Host: test");
      client.readHead();
      assertThatThrownBy(() -> client.readText(5)).isInstanceOf(EOFException.class);
    }
  }

  private static void writeOn(
      ResponseSink sink, AtomicLong written, long total, CompletableFuture<Void> finished) {
    if (written.get() >= total) {
      sink.end();
      finished.complete(null);
      return;
    }
    byte[] chunk = new byte[64 * 1024];
    Arrays.fill(chunk, (byte) 'x');
    written.addAndGet(chunk.length);
    sink.write(chunk, () -> writeOn(sink, written, total, finished));
  }

  private static void sendOn(RawClient client, AtomicLong sent, int total) {
    byte[] piece = new byte[64 * 1024];
    try {
      while (sent.get() < total) {
        client.send(piece);
        sent.addAndGet(piece.length);
      }
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The value that has not changed for a while. */
  static long whenItStopsGrowing(AtomicLong value) throws Exception {
    long last = -1;
    while (last != value.get()) {
      last = value.get();
      try {
        new CompletableFuture<Void>().get(300, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // As wished: nothing can signal that something does not happen.
      }
    }
    return last;
  }
}
