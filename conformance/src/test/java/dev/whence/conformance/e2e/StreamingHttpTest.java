package dev.whence.conformance.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.whence.conformance.e2e.HttpConnection.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies and headers on their way through client, worker and upstream. */
@Timeout(120)
class StreamingHttpTest {
  private static Upstream upstream;
  private static ServerSocket slow;
  private static int closedPort;
  private static WhenceProcess whence;

  @BeforeAll
  static void start() throws Exception {
    upstream =
        Upstream.start()
            .holding("/held", "text/plain", "second")
            .on("/zipped", StreamingHttpTest::zipped)
            .on("/original", StreamingHttpTest::original)
            .on("/target", exchange -> Upstream.answer(exchange, 200, "there"))
            .on("/moved", StreamingHttpTest::moved);
    slow = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    slow.setSoTimeout(30_000);
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = closed.getLocalPort();
    }
    whence =
        WhenceProcess.dev(
            Examples.resource("/dev/whence/conformance/e2e/http.js"),
            "--var",
            "UPSTREAM=" + upstream.url(""),
            "--var",
            "SLOW=http://127.0.0.1:" + slow.getLocalPort() + "/",
            "--var",
            "CLOSED=http://127.0.0.1:" + closedPort + "/");
  }

  @AfterAll
  static void stop() throws IOException {
    whence.close();
    slow.close();
    upstream.close();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void fiveMegabytesComeBackAsTheyWent(HttpClient.Version version) throws Exception {
    byte[] bytes = new byte[5 << 20];
    new Random(7).nextBytes(bytes);
    HttpRequest request =
        HttpRequest.newBuilder(uri("/echo"))
            .version(version)
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    if (version == HttpClient.Version.HTTP_2) {
      upgrade(client);
    }
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.version()).isEqualTo(version);
    assertThat(response.body()).isEqualTo(bytes);
  }

  /** The first request of a connection asks for HTTP/2; the ones after it speak it. */
  private static void upgrade(HttpClient client) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/text")).version(HttpClient.Version.HTTP_2).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(response.body()).isEqualTo("some text");
  }

  @Test
  void eachPartOfABodyComesBackBeforeTheNextIsSent() {
    try (HttpConnection client = whence.connect()) {
      client.send("POST", "/echo", "Transfer-Encoding: chunked");
      client.send("3\r\none\r\n");
      assertThat(client.head().headers("transfer-encoding")).containsExactly("chunked");
      assertThat(client.chunk()).isEqualTo("one");
      client.send("3\r\ntwo\r\n");
      assertThat(client.chunk()).isEqualTo("two");
      client.send("0\r\n\r\n");
      assertThat(client.chunk()).isEmpty();
      assertThat(client.get("/text").body()).isEqualTo("some text");
    }
  }

  @Test
  void aPartOfTheAnswerArrivesBeforeTheRestIsMade() throws Exception {
    try (HttpConnection client = whence.connect()) {
      client.send("GET", "/two-parts");
      assertThat(client.head().status()).isEqualTo(200);
      assertThat(client.chunk()).isEqualTo("first");
      upstream.awaitRequests(1).release();
      assertThat(client.chunk()).isEqualTo("second");
      assertThat(client.chunk()).isEmpty();
    }
  }

  @Test
  void headAndNoContentHaveNoBody() {
    try (HttpConnection client = whence.connect()) {
      Answer head = client.send("HEAD", "/text").head();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers("content-length")).containsExactly("9");
      Answer empty = client.send("GET", "/empty").head();
      assertThat(empty.status()).isEqualTo(204);
      assertThat(empty.headers("content-length")).isEmpty();
      assertThat(empty.headers("transfer-encoding")).isEmpty();
      assertThat(client.get("/text").body()).isEqualTo("some text");
    }
  }

  @Test
  void cookiesStayApart() {
    try (HttpConnection client = whence.connect()) {
      assertThat(client.get("/cookies").headers("set-cookie"))
          .containsExactly("a=1; Path=/", "b=2; Expires=Wed, 01 Jan 2031 00:00:00 GMT");
    }
  }

  @Test
  void aZippedAnswerIsReadAsText() {
    try (HttpConnection client = whence.connect()) {
      assertThat(client.get("/unzipped").body()).isEqualTo("zipped text");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "follow | {\"status\":200,\"redirected\":true,\"path\":\"/target\",\"place\":null}",
        "manual | {\"status\":302,\"redirected\":false,\"path\":\"/moved\",\"place\":\"/target\"}",
        "error | {\"error\":\"TypeError\"}"
      })
  void aRedirectIsFollowedOrNot(String mode, String seen) {
    try (HttpConnection client = whence.connect()) {
      assertThat(client.get("/redirected?mode=" + mode).body()).isEqualTo(seen);
    }
  }

  @Test
  void anUpstreamThatCannotBeReachedIsNamed() {
    try (HttpConnection client = whence.connect()) {
      assertThat(client.get("/unreachable").body())
          .contains("127.0.0.1:" + closedPort, "connection refused");
    }
  }

  @Test
  void anAnswerIsPassedOnAsItIs() {
    try (HttpConnection client = whence.connect()) {
      Answer answer = client.get("/passed-on");
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.headers("content-type")).containsExactly("application/x-original");
      assertThat(answer.headers("x-custom")).containsExactly("as it is");
      assertThat(answer.headers("content-length")).containsExactly("70000");
      assertThat(answer.body()).isEqualTo("original".repeat(8_750));
    }
  }

  @Test
  void aSubrequestIsCancelledWhenItsRequestEnds() throws Exception {
    try (HttpConnection client = whence.connect()) {
      client.send("GET", "/leaves");
      try (Socket subrequest = slow.accept()) {
        assertThat(client.answer().body()).isEqualTo("left");
        endOf(subrequest);
      }
    }
  }

  @Test
  void aSubrequestIsCancelledWhenTheClientLeaves() throws Exception {
    try (HttpConnection client = whence.connect()) {
      client.send("GET", "/leaves-on-disconnect");
      try (Socket subrequest = slow.accept()) {
        client.leave();
        endOf(subrequest);
      }
    }
  }

  /** Reads until the other side closes. */
  private static void endOf(Socket subrequest) throws IOException {
    subrequest.setSoTimeout(30_000);
    InputStream in = subrequest.getInputStream();
    try {
      assertThat(in.readAllBytes()).isNotNull();
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + whence.port() + path);
  }

  private static void zipped(HttpExchange exchange) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write("zipped text".getBytes(UTF_8));
    }
    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    exchange.sendResponseHeaders(200, bytes.size());
    try (var out = exchange.getResponseBody()) {
      bytes.writeTo(out);
    }
  }

  private static void original(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-original");
    exchange.getResponseHeaders().set("X-Custom", "as it is");
    Upstream.answer(exchange, 201, "original".repeat(8_750));
  }

  private static void moved(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", "/target");
    Upstream.answer(exchange, 302, "");
  }
}
