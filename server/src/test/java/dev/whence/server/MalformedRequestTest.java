package dev.whence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad requests get an answer, and the operator's terminal nothing. */
class MalformedRequestTest extends ServerTest {

  private final BlockingQueue<LogRecord> logged = new LinkedBlockingQueue<>();
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          logged.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void record() {
    Logger.getLogger("").addHandler(recorder);
  }

  @AfterEach
  void nothingWasLogged() {
    Logger.getLogger("").removeHandler(recorder);
    assertThat(logged).extracting(LogRecord::getMessage).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "400; GARBAGE",
        "400; GET / HTTP/1.1",
        "400; GET / HTTP/1.1|Host: a|Host: b",
        "400; GET / HTTP/1.1|Host: a b",
        "400; GET / HTTP/1.1|Host: a/b",
        "400; GET / HTTP/1.1|Host:",
        "400; GET foo HTTP/1.1|Host: a",
        "400; GET / HTTP/1.1|Host: a|bad header: x",
        "400; GET / HTTP/1.1|Host: a|no colon",
        "400; GET / HTTP/1.1|Host: a|Content-Length: x",
        "400; GET / HTTP/1.1|Host: a|Content-Length: 1|Content-Length: 2",
        "400; GET / HTTP/1.1|Host: a|Content-Length: -1",
        "501; GET / HTTP/1.1|Host: a|Transfer-Encoding: gzip",
        "501; GET / HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked",
        "417; GET / HTTP/1.1|Host: a|Expect: the-unexpected",
        "501; TRACE / HTTP/1.1|Host: a",
        "501; CONNECT a:1 HTTP/1.1|Host: a",
        "501; GET / HTTP/3.0|Host: a"
      })
  void refusesWhatIsNotARequest(int status, String head) throws Exception {
    FakeWorker worker = FakeWorker.saying("ok");
    serve(worker);

    RawClient client = client().sendHead(head.split("\\|"));

    assertThat(client.read().status()).isEqualTo(status);
    assertThat(worker.requests).isEmpty();
  }

  @Test
  void refusesRequestLinesOver8KiB() throws Exception {
    serve(FakeWorker.saying("ok"));

    RawClient client = client().sendHead("GET /" + "x".repeat(9000) + " HTTP/1.1", "Host: a");

    assertThat(client.read().status()).isEqualTo(414);
  }

  @Test
  void refusesHeadersOver32KiB() throws Exception {
    serve(FakeWorker.saying("ok"));

    RawClient client = client().sendHead("GET / HTTP/1.1", "Host: a", "X: " + "x".repeat(40_000));

    assertThat(client.read().status()).isEqualTo(431);
  }

  @Test
  void takesHeadersJustBelow32KiB() throws Exception {
    FakeWorker worker = FakeWorker.saying("ok");
    serve(worker);

    RawClient client = client().sendHead("GET / HTTP/1.1", "Host: a", "X: " + "x".repeat(32_000));

    assertThat(client.read().status()).isEqualTo(200);
    assertThat(soon(worker.requests).headers()).contains("x".repeat(32_000));
  }

  @Test
  void endsAConnectionWhoseBodyIsNotChunked() throws Exception {
    FakeWorker worker = FakeWorker.of((request, sink) -> {});
    serve(worker);
    RawClient client =
        client().sendHead("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked");
    soon(worker.requests);

    client.send("zzz\r\n");

    soon(worker.left);
    assertThat(client.readToEnd()).isEmpty();
  }

  @Test
  void doesNotWaitForSlowHeaders() throws Exception {
    serve(FakeWorker.saying("ok"), Duration.ofMillis(100), Duration.ofMinutes(1));
    RawClient client = client().send("GET / HTTP/1.1\r\nHo");

    assertThat(client.read().status()).isEqualTo(408);
    assertThat(client.readToEnd()).isEmpty();
  }

  @Test
  void doesNotWaitForTheSlowHeadersOfALaterRequest() throws Exception {
    serve(FakeWorker.saying("ok"), Duration.ofMillis(100), Duration.ofMinutes(1));
    RawClient client = client();
    client.get("/");
    client.send("GET / HT");

    assertThat(client.read().status()).isEqualTo(408);
  }

  @Test
  void closesConnectionsWithoutRequests() throws Exception {
    serve(FakeWorker.saying("ok"), Duration.ofMinutes(1), Duration.ofMillis(100));
    RawClient client = client();
    client.get("/");

    assertThat(client.readToEnd()).isEmpty();
  }

  @Test
  void leavesRequestsThatWaitForTheirAnswerAlone() throws Exception {
    BlockingQueue<dev.whence.runtime.ResponseSink> sinks = new LinkedBlockingQueue<>();
    serve(
        FakeWorker.of((request, sink) -> sinks.add(sink)),
        Duration.ofMillis(20),
        Duration.ofMillis(20));
    RawClient waiting = client().sendHead("GET / HTTP/1.1", "Host: a");
    var sink = soon(sinks);
    RawClient idle = client();

    assertThat(idle.readToEnd()).isEmpty();
    sink.whole(FakeWorker.head(200), FakeWorker.bytes("ok"));
    assertThat(waiting.read().body()).isEqualTo("ok");
  }
}
