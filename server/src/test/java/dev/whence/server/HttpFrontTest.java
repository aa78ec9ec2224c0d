package dev.whence.server;

import static dev.whence.server.FakeWorker.bytes;
import static dev.whence.server.FakeWorker.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.WorkerRequest;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpFrontTest extends ServerTest {

  @Test
  void answersSeveralRequestsOnOneConnection() throws Exception {
    serve(FakeWorker.of((request, sink) -> sink.whole(head(200), bytes(request.url()))));
    RawClient client = client();

    assertThat(client.get("/a").body()).isEqualTo("http://test/a");
    assertThat(client.get("/b?c=%20d").body()).isEqualTo("http://test/b?c=%20d");
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    serve(FakeWorker.of((request, sink) -> sink.whole(head(200), bytes(request.url()))));
    RawClient client = client();

    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      requests.append("GET /").append(i).append(" HTTP/1.1\r\nHost: test\r\n\r\n");
    }
    client.send(requests.toString());

    for (int i = 0; i < 50; i++) {
      assertThat(client.read().body()).isEqualTo("http://test/" + i);
    }
  }

  @Test
  void givesTheWorkerMethodUrlHeadersAndClientAddress() throws Exception {
    FakeWorker worker = FakeWorker.saying("ok");
    serve(worker);

    client()
        .sendHead(
            "DELETE /x?y HTTP/1.1",
            "Host: shop.example:81",
            "X-A: 1",
            "x-a: 2",
            "CF-Connecting-IP: 6.6.6.6",
            "X-Forwarded-For: 1.2.3.4",
            "Connection: keep-alive")
        .read();

    WorkerRequest request = soon(worker.requests);
    assertThat(request.method()).isEqualTo("DELETE");
    assertThat(request.url()).isEqualTo("http://shop.example:81/x?y");
    assertThat(request.protocol()).isEqualTo("HTTP/1.1");
    assertThat(request.clientAddress()).isEqualTo("127.0.0.1");
    assertThat(request.body()).isNull();
    assertThat(request.headers())
        .containsExactly(
            "Host",
            "shop.example:81",
            "X-A",
            "1",
            "x-a",
            "2",
            "X-Forwarded-For",
            "1.2.3.4",
            "CF-Connecting-IP",
            "127.0.0.1");
  }

  @Test
  void takesTheUrlOfAnAbsoluteTarget() throws Exception {
    FakeWorker worker = FakeWorker.saying("ok");
    serve(worker);

    client().sendHead("GET http://a.example/b HTTP/1.1", "Host: a.example").read();

    assertThat(soon(worker.requests).url()).isEqualTo("http://a.example/b");
  }

  @Test
  void sendsNoHeadersOfItsOwnButTheLength() throws Exception {
    serve(FakeWorker.saying("hello"));

    RawClient.Answer answer = client().get("/");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(answer.headerLines())
        .containsExactly("content-type: text/plain", "content-length: 5");
  }

  @Test
  void keepsCookiesApartAndBytesAsTheyAre() throws Exception {
    serve(
        FakeWorker.of(
            (request, sink) ->
                sink.whole(
                    head(200, "Set-Cookie", "a=1", "Set-Cookie", "b=2", "X-Latin", "caf\u00e9"),
                    bytes("x"))));

    RawClient.Answer answer = client().get("/");

    assertThat(answer.headers("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(answer.header("x-latin")).isEqualTo("caf\u00e9");
  }

  @Test
  void dropsHeadersThatAreTheConnections() throws Exception {
    serve(
        FakeWorker.of(
            (request, sink) ->
                sink.whole(
                    head(
                        200,
                        "Connection",
                        "close",
                        "Transfer-Encoding",
                        "chunked",
                        "Keep-Alive",
                        "timeout=5",
                        "Upgrade",
                        "h2c",
                        "Content-Length",
                        "999",
                        "X-Kept",
                        "1"),
                    bytes("body"))));
    RawClient client = client();

    assertThat(client.get("/").headerLines()).containsExactly("X-Kept: 1", "content-length: 4");
    assertThat(client.get("/").body()).isEqualTo("body");
  }

  @Test
  void sendsTheWorkersStatusText() throws Exception {
    serve(
        FakeWorker.of(
            (request, sink) ->
                sink.whole(new ResponseSink.Head(299, "Rather Good", List.of()), bytes(""))));

    assertThat(client().get("/").statusLine()).isEqualTo("HTTP/1.1 299 Rather Good");
  }

  @Test
  void answersHeadWithTheLengthAndNoBody() throws Exception {
    serve(FakeWorker.saying("hello"));
    RawClient client = client();

    RawClient.Answer answer = client.sendHead("HEAD / HTTP/1.1", "Host: test").read(false);

    assertThat(answer.header("content-length")).isEqualTo("5");
    assertThat(client.get("/").body()).isEqualTo("hello");
  }

  @Test
  void answersHeadOfAStreamWithItsHead() throws Exception {
    serve(
        FakeWorker.of(
            (request, sink) -> {
              sink.head(head(200, "x-a", "b"), 12);
              sink.write(bytes("hello"), sink::end);
            }));
    RawClient client = client();

    RawClient.Answer answer = client.sendHead("HEAD / HTTP/1.1", "Host: test").read(false);

    assertThat(answer.headerLines()).containsExactly("x-a: b", "content-length: 12");
    assertThat(client.sendHead("HEAD / HTTP/1.1", "Host: test").read(false).status())
        .isEqualTo(200);
  }

  @Test
  void sendsNeitherBodyNorLengthWith204And304() throws Exception {
    serve(
        FakeWorker.of(
            (request, sink) -> {
              int status = Integer.parseInt(request.url().substring("http://test/".length()));
              sink.whole(head(status), bytes("ignored"));
            }));
    RawClient client = client();

    assertThat(client.get("/204").headerLines()).isEmpty();
    assertThat(client.get("/304").status()).isEqualTo(304);
    assertThat(client.get("/205").header("content-length")).isEqualTo("0");
    assertThat(client.get("/200").body()).isEqualTo("ignored");
  }

  @Test
  void letsNoHeaderStartAnother() throws Exception {
    serve(
        FakeWorker.of(
            (request, sink) -> {
              switch (request.url()) {
                case "http://test/value" -> sink.whole(head(200, "a", "b\r\nevil: 1"), bytes(""));
                case "http://test/name" ->
                    sink.whole(head(200, "a\r\nevil: 1\r\nb", "c"), bytes(""));
                case "http://test/status" ->
                    sink.whole(new ResponseSink.Head(200, "OK\r\nevil: 1", List.of()), bytes(""));
                default -> {
                  sink.head(head(200, "a", "b\nevil: 1"), -1);
                  sink.write(bytes("x"), () -> {});
                  sink.end();
                }
              }
            }));

    for (String path : List.of("/value", "/name", "/status", "/stream")) {
      RawClient.Answer answer = client().get(path);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.headers("evil")).isEmpty();
    }
  }

  @Test
  void asksForABodyThatWaitsForIt() throws Exception {
    serve(
        FakeWorker.of(
            (request, sink) ->
                sink.whole(head(200), bytes("read " + FakeWorker.drain(request.body())))));
    RawClient client = client();

    client.sendHead("POST / HTTP/1.1", "Host: test", "Content-Length: 5", "Expect: 100-continue");
    assertThat(client.readHead().status()).isEqualTo(100);

    assertThat(client.send("hello").read().body()).isEqualTo("read 5");
  }

  @Test
  void answersHttp10AndCloses() throws Exception {
    serve(
        FakeWorker.of(
            (request, sink) -> {
              sink.head(head(200), -1);
              sink.write(bytes("hel"), () -> {});
              sink.write(bytes("lo"), sink::end);
            }));

    RawClient.Answer answer = client().sendHead("GET / HTTP/1.0", "Connection: keep-alive").read();

    assertThat(answer.body()).isEqualTo("hello");
  }

  @Test
  void listensForTheOperatorOnAPortOfItsOwn() throws Exception {
    serve(FakeWorker.saying("worker"));

    try (RawClient admin = new RawClient(server.adminPort())) {
      assertThat(admin.get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
      assertThat(admin.sendHead("GET /other HTTP/1.1", "Host: localhost").read().status())
          .isEqualTo(404);
    }
  }

  @Test
  void leavesTheOperatorsConnectionsOpen() throws Exception {
    serve(FakeWorker.saying("worker"), Duration.ofMillis(20), Duration.ofMillis(20));

    try (RawClient admin = new RawClient(server.adminPort())) {
      admin.get("/health");
      assertThat(client().readToEnd()).isEmpty();
      assertThat(admin.get("/health").status()).isEqualTo(200);
    }
  }

  @Test
  void sharesConnectionsBetweenEventLoops() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    ServerOptions options = ServerOptions.of("127.0.0.1", 0, 0);
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(3))
            .withTransport(new GuardedTransport(options))
            .build();
    FetchTarget target =
        (request, sink) -> {
          threads.add(Thread.currentThread().getName());
          sink.whole(head(200), bytes("ok"));
          return () -> {};
        };
    HttpFront front = new HttpFront(vertx, target, new ErrorPages(() -> "", false));
    int port =
        front
            .listen("127.0.0.1", 0, 3)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);

    for (int i = 0; i < 6; i++) {
      assertThat(opened(new RawClient(port)).get("/").body()).isEqualTo("ok");
    }

    assertThat(threads).hasSize(3);
    front
        .stop(Duration.ZERO)
        .compose(stopped -> vertx.close())
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }
}
