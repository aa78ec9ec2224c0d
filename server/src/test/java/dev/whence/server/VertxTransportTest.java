package dev.whence.server;

import static dev.whence.server.FakeWorker.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.BodySource;
import dev.whence.runtime.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VertxTransportTest extends ServerTest {

  /** What an exchange reported. */
  private static final class Recorder implements Transport.Listener {
    final CompletableFuture<Integer> status = new CompletableFuture<>();
    final CompletableFuture<BodySource> body = new CompletableFuture<>();
    final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    volatile List<String> headers = List.of();
    volatile String statusText = "";

    @Override
    public void head(int code, String text, List<String> lines, BodySource source) {
      headers = lines;
      statusText = text;
      body.complete(source);
      status.complete(code);
    }

    @Override
    public void failed(String message) {
      failures.add(message);
    }

    int status() throws Exception {
      return status.get(10, TimeUnit.SECONDS);
    }

    String text() throws Exception {
      StringBuilder text = new StringBuilder();
      byte[] chunk;
      while ((chunk = FakeWorker.pull(body.get()).get(10, TimeUnit.SECONDS)) != null) {
        text.append(new String(chunk, StandardCharsets.UTF_8));
      }
      return text.toString();
    }
  }

  private ServerSocket origin;
  private String url;

  @BeforeEach
  void listen() throws IOException {
    origin = opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    origin.setSoTimeout(10_000);
    url = "http://127.0.0.1:" + origin.getLocalPort() + "/";
    serve(FakeWorker.saying("worker"));
  }

  @Test
  void sendsTheRequestAsItIs() throws Exception {
    Recorder answer = new Recorder();
    start(
        answer,
        "PUT",
        url + "a|b?c=%20d#fragment",
        "body",
        "X-A",
        "1",
        "x-a",
        "2",
        "Connection",
        "close",
        "Host",
        "evil",
        "X-Latin",
        "caf\u00e9");

    RawClient accepted = accept();
    RawClient.Answer head = accepted.readHead();

    assertThat(head.statusLine()).isEqualTo("PUT /a|b?c=%20d HTTP/1.1");
    assertThat(head.headerLines())
        .containsExactlyInAnyOrder(
            "host: 127.0.0.1:" + origin.getLocalPort(),
            "X-A: 1",
            "x-a: 2",
            "X-Latin: caf\u00e9",
            "content-length: 4");
    assertThat(accepted.readText(4)).isEqualTo("body");
  }

  @Test
  void reportsTheResponseAsItIs() throws Exception {
    Recorder answer = start("GET", url);

    accept()
        .sendHead("HTTP/1.1 203 Sort Of", "Set-Cookie: a", "Set-Cookie: b", "content-length: 2")
        .send("ok");

    assertThat(answer.status()).isEqualTo(203);
    assertThat(answer.statusText).isEqualTo("Sort Of");
    assertThat(answer.headers)
        .containsExactly("Set-Cookie", "a", "Set-Cookie", "b", "content-length", "2");
    assertThat(answer.text()).isEqualTo("ok");
  }

  @Test
  void followsNoRedirectsAndDecodesNothing() throws Exception {
    Recorder answer = start("GET", url);

    RawClient accepted = accept();
    assertThat(accepted.readHead().headers("accept-encoding")).isEmpty();
    accepted
        .sendHead(
            "HTTP/1.1 302 Found", "Location: /x", "Content-Encoding: gzip", "content-length: 3")
        .send("raw");

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.text()).isEqualTo("raw");
  }

  @Test
  void readsChunkedBodiesAndKeepsTheConnection() throws Exception {
    Recorder first = start("GET", url);
    RawClient accepted = accept();
    accepted.readHead();
    accepted
        .sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked")
        .send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    assertThat(first.text()).isEqualTo("abcde");

    Recorder second = start("GET", url);
    accepted.readHead();
    accepted.sendHead("HTTP/1.1 204 No Content");

    assertThat(second.status()).isEqualTo(204);
    assertThat(second.text()).isEmpty();
  }

  @Test
  void skipsInterimResponses() throws Exception {
    Recorder answer = start("GET", url);

    accept()
        .sendHead("HTTP/1.1 100 Continue")
        .sendHead("HTTP/1.1 102 Processing")
        .sendHead("HTTP/1.1 103 Early Hints", "Link: </a>")
        .sendHead("HTTP/1.1 199 Whatever")
        .sendHead("HTTP/1.1 200 OK", "content-length: 2")
        .send("ok");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("ok");
  }

  @Test
  void streamsARequestBodyAndHoldsItBack() throws Exception {
    Recorder answer = new Recorder();
    Transport.Exchange exchange =
        server
            .transport()
            .start(new Transport.Request("POST", url, List.of(), new byte[0], true), answer);
    RawClient accepted = accept();
    assertThat(accepted.readHead().header("transfer-encoding")).isEqualTo("chunked");
    AtomicLong written = new AtomicLong();
    writeOn(exchange, written, 32L * 1024 * 1024);

    long stalledAt = HttpBodyTest.whenItStopsGrowing(written);

    assertThat(stalledAt).isLessThan(16L * 1024 * 1024);
    long read = 0;
    for (String chunk = accepted.readChunk(); !chunk.isEmpty(); chunk = accepted.readChunk()) {
      read += chunk.length();
    }
    assertThat(read).isEqualTo(32L * 1024 * 1024);
    accepted.sendHead("HTTP/1.1 200 OK", "content-length: 0");
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void streamsARequestBodyOfAnnouncedLength() throws Exception {
    Transport.Exchange exchange =
        server
            .transport()
            .start(
                new Transport.Request(
                    "POST", url, List.of("Content-Length", "5"), new byte[0], true),
                new Recorder());
    exchange.write(bytes("hel"), () -> exchange.write(bytes("lo"), exchange::endBody));

    RawClient accepted = accept();

    assertThat(accepted.readHead().header("content-length")).isEqualTo("5");
    assertThat(accepted.readText(5)).isEqualTo("hello");
  }

  @Test
  void reportsAnAnswerThatComesBeforeTheBodyWasSent() throws Exception {
    Recorder answer = new Recorder();
    Transport.Exchange exchange =
        server
            .transport()
            .start(new Transport.Request("POST", url, List.of(), new byte[0], true), answer);
    exchange.write(bytes("first"), () -> {});
    RawClient accepted = accept();
    accepted.readHead();

    accepted.sendHead("HTTP/1.1 413 Too Large", "content-length: 3").send("no!");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).isEqualTo("no!");
    exchange.cancel();
  }

  @Test
  void holdsTheOriginBackWhileNobodyPulls() throws Exception {
    Recorder answer = start("GET", url);
    RawClient accepted = accept();
    int total = 32 * 1024 * 1024;
    accepted.sendHead("HTTP/1.1 200 OK", "content-length: " + total);
    AtomicLong sent = new AtomicLong();
    Thread sender =
        new Thread(
            () -> {
              try {
                while (sent.get() < total) {
                  accepted.send(new byte[64 * 1024]);
                  sent.addAndGet(64 * 1024);
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    sender.start();
    answer.status();

    assertThat(HttpBodyTest.whenItStopsGrowing(sent)).isLessThan(total / 2);
    assertThat(FakeWorker.drain(answer.body.get())).isEqualTo(total);
    sender.join();
  }

  @Test
  void saysThatABodyBrokeOff() throws Exception {
    Recorder answer = start("GET", url);
    RawClient accepted = accept();
    accepted.sendHead("HTTP/1.1 200 OK", "content-length: 10").send("abc");
    answer.status();
    assertThat(FakeWorker.pull(answer.body.get()).get(10, TimeUnit.SECONDS)).hasSize(3);

    accepted.close();

    assertThat(FakeWorker.pull(answer.body.get()))
        .failsWithin(java.time.Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining(
            url + " closed the connection before the response body was complete");
  }

  @Test
  void saysThatABodyWasReset() throws Exception {
    Recorder answer = start("GET", url);
    RawClient accepted = accept();
    accepted.readHead();
    accepted.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked").send("3\r\nabc\r\n");
    answer.status();
    assertThat(FakeWorker.pull(answer.body.get()).get(10, TimeUnit.SECONDS)).hasSize(3);

    accepted.socket.setSoLinger(true, 0);
    accepted.close();

    assertThat(FakeWorker.pull(answer.body.get()))
        .failsWithin(java.time.Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining(url);
  }

  @Test
  void saysThatTheConnectionWasRefused() throws Exception {
    origin.close();

    Recorder answer = start("GET", url + "secret?path");

    assertThat(soon(answer.failures))
        .isEqualTo("connect to " + url + " failed: connection refused");
  }

  @Test
  void saysThatAHostIsUnknown() throws Exception {
    Recorder answer = start("GET", "http://no-such-host.invalid/");

    assertThat(soon(answer.failures))
        .isEqualTo("connect to http://no-such-host.invalid/ failed: host name not found");
  }

  @Test
  void saysThatTheOriginHungUp() throws Exception {
    Recorder answer = start("POST", url);
    RawClient accepted = accept();
    accepted.readHead();

    accepted.close();

    assertThat(soon(answer.failures)).isEqualTo(url + " closed the connection before it answered");
  }

  @Test
  void saysWhenTheOriginDoesNotSpeakHttpOrTls() throws Exception {
    Recorder plain = start("GET", url);
    accept().send("SSH-2.0-OpenSSH\r\n\r\n");
    assertThat(soon(plain.failures)).startsWith("request to " + url + " failed: ");

    Recorder secure = start("GET", url.replace("http:", "https:"));
    accept().send("HTTP/1.1 400 Bad Request\r\n\r\n");
    assertThat(soon(secure.failures)).contains("failed: TLS: ");
  }

  @Test
  void refusesWhatWouldBeReadAsSomethingElse() throws Exception {
    Recorder header = new Recorder();
    start(header, "GET", url, "", "a", "b\r\nc: d");
    assertThat(soon(header.failures)).contains("a header that HTTP does not allow");

    assertThat(soon(start("GET", url + "a b").failures)).contains("not an absolute");
    assertThat(soon(start("GE T", url).failures)).contains("method is not valid");
    assertThat(soon(start("GET", "ftp://a/").failures)).contains("http or https");
  }

  @Test
  void repeatsARequestWhenAKeptConnectionWasJustClosed() throws Exception {
    RawClient stale = keptConnection();

    Recorder answer = start("GET", url);
    stale.readHead();
    stale.close();
    RawClient accepted = accept();
    accepted.readHead();
    accepted.sendHead("HTTP/1.1 200 OK", "content-length: 5").send("again");

    assertThat(answer.text()).isEqualTo("again");
  }

  @Test
  void doesNotRepeatWhatMayHaveHappened() throws Exception {
    RawClient stale = keptConnection();

    Recorder answer = start("POST", url);
    stale.readHead();
    stale.close();

    assertThat(soon(answer.failures)).isEqualTo(url + " closed the connection before it answered");
  }

  @Test
  void closesTheConnectionOnCancel() throws Exception {
    Recorder answer = new Recorder();
    Transport.Exchange exchange = start(answer, "GET", url, "");
    RawClient accepted = accept();
    accepted.readHead();

    exchange.cancel();

    assertThat(accepted.readToEnd()).isEmpty();
    assertThat(answer.failures).isEmpty();
  }

  @Test
  void closesTheConnectionWhenTheBodyIsNotWanted() throws Exception {
    Recorder answer = start("GET", url);
    RawClient accepted = accept();
    accepted.readHead();
    accepted.sendHead("HTTP/1.1 200 OK", "content-length: 10").send("abc");
    answer.status();

    answer.body.get().cancel();

    assertThat(accepted.readToEnd()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "127.0.0.2",
        "127.1",
        "user:pass@127.0.0.1"
      })
  void keepsWorkersFromTheAdminPort(String host) throws Exception {
    String admin = "http://" + host + ":" + server.adminPort() + "/health";

    Recorder answer = start("GET", admin);

    assertThat(soon(answer.failures))
        .contains("refused: it is the admin port of this server, which workers may not reach");
  }

  @Test
  void letsWorkersReachTheirOwnPort() throws Exception {
    Recorder answer = start("GET", "http://localhost:" + server.port() + "/");

    assertThat(answer.text()).isEqualTo("worker");
  }

  private RawClient keptConnection() throws Exception {
    Recorder first = start("GET", url);
    RawClient accepted = accept();
    accepted.readHead();
    accepted.sendHead("HTTP/1.1 200 OK", "content-length: 2").send("ok");
    assertThat(first.text()).isEqualTo("ok");
    return accepted;
  }

  private RawClient accept() throws IOException {
    return opened(new RawClient(opened(origin.accept())));
  }

  private Recorder start(String method, String target) {
    Recorder answer = new Recorder();
    start(answer, method, target, "");
    return answer;
  }

  private Transport.Exchange start(
      Recorder answer, String method, String target, String body, String... headers) {
    return server
        .transport()
        .start(new Transport.Request(method, target, List.of(headers), bytes(body), false), answer);
  }

  private static void writeOn(Transport.Exchange exchange, AtomicLong written, long total) {
    if (written.get() >= total) {
      exchange.endBody();
      return;
    }
    written.addAndGet(64 * 1024);
    exchange.write(new byte[64 * 1024], () -> writeOn(exchange, written, total));
  }
}
