package dev.whence.server;

import static dev.whence.server.FakeWorker.bytes;
import static dev.whence.server.FakeWorker.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.runtime.ResponseSink;
import dev.whence.runtime.WorkerRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 without TLS: by prior knowledge (Vert.x's client), by upgrade (the JDK's). */
class Http2Test extends ServerTest {

  private Vertx vertx;
  private HttpClientAgent client;

  @BeforeEach
  void createClient() {
    QuietLogging.apply();
    vertx = Vertx.vertx();
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
  }

  @AfterEach
  void closeClient() throws Exception {
    get(vertx.close());
  }

  @Test
  void answersByPriorKnowledge() throws Exception {
    FakeWorker worker =
        FakeWorker.of(
            (request, sink) ->
                sink.whole(
                    head(200, "Set-Cookie", "a=1", "Set-Cookie", "b=2", "X-Upper", "caf\u00e9"),
                    bytes("hello")));
    serve(worker);

    BlockingQueue<Buffer> bodies = new LinkedBlockingQueue<>();
    var response =
        get(
            open(HttpMethod.GET, "/p?q=1")
                .compose(request -> request.putHeader("cookie", "x=1").send())
                .onSuccess(answer -> answer.bodyHandler(bodies::add)));

    assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(response.headers().getAll("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(response.getHeader("content-length")).isEqualTo("5");
    assertThat(soon(bodies).toString()).isEqualTo("hello");
    WorkerRequest request = soon(worker.requests);
    String authority = "localhost:" + server.port();
    assertThat(request.url()).isEqualTo("http://" + authority + "/p?q=1");
    assertThat(request.protocol()).isEqualTo("HTTP/2");
    assertThat(request.body()).isNull();
    assertThat(request.headers())
        .containsSubsequence("host", authority)
        .containsSubsequence("CF-Connecting-IP", "127.0.0.1");
  }

  @Test
  void answersByUpgrade() throws Exception {
    FakeWorker worker =
        FakeWorker.of(
            (request, sink) -> {
              long read = request.body() == null ? 0 : FakeWorker.drain(request.body());
              sink.whole(head(200), bytes("read " + read));
            });
    serve(worker);
    URI url = URI.create("http://localhost:" + server.port() + "/");
    HttpClient jdk = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    for (String body : new String[] {"", "hello", "again"}) {
      HttpRequest post =
          HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString(body)).build();
      HttpResponse<String> response = jdk.send(post, HttpResponse.BodyHandlers.ofString());

      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.body()).isEqualTo("read " + body.length());
    }
  }

  @Test
  void streamsBothWays() throws Exception {
    serve(
        FakeWorker.of(
            (request, sink) -> {
              sink.head(head(200), -1);
              byte[] chunk;
              while ((chunk = FakeWorker.pull(request.body()).get()) != null) {
                sink.write(chunk, () -> {});
              }
              sink.end();
            }));

    HttpClientRequest request = get(open(HttpMethod.POST, "/"));
    BlockingQueue<Buffer> chunks = new LinkedBlockingQueue<>();
    var ended = request.response().compose(response -> response.handler(chunks::add).end());
    request.setChunked(true).write("one");
    assertThat(soon(chunks).toString()).isEqualTo("one");
    request.end("two");

    assertThat(soon(chunks).toString()).isEqualTo("two");
    get(ended);
  }

  @Test
  void noticesAResetStream() throws Exception {
    FakeWorker worker = FakeWorker.of((request, sink) -> {});
    serve(worker);
    HttpClientRequest request = get(open(HttpMethod.GET, "/"));
    request.response().onFailure(expected -> {});
    request.exceptionHandler(expected -> {});
    get(request.end());
    soon(worker.requests);

    request.reset(8);

    soon(worker.left);
  }

  @Test
  void noticesAClosedConnection() throws Exception {
    FakeWorker worker = FakeWorker.of((request, sink) -> {});
    serve(worker);
    HttpClientRequest request = get(open(HttpMethod.POST, "/"));
    request.response().onFailure(expected -> {});
    request.exceptionHandler(expected -> {});
    request.setChunked(true);
    get(request.write("unread"));
    soon(worker.requests);

    request.connection().close();

    soon(worker.left);
  }

  @Test
  void resetsAnAbortedStreamAndKeepsTheConnection() throws Exception {
    BlockingQueue<ResponseSink> sinks = new LinkedBlockingQueue<>();
    FakeWorker worker = FakeWorker.of((request, sink) -> sinks.add(sink));
    serve(worker);
    HttpClientRequest request = get(open(HttpMethod.GET, "/"));
    BlockingQueue<Buffer> chunks = new LinkedBlockingQueue<>();
    var ended = request.send().compose(response -> response.handler(chunks::add).end());
    ResponseSink sink = soon(sinks);
    sink.head(head(200), -1);
    sink.write(bytes("part"), () -> {});
    soon(chunks);

    sink.abort();

    assertThatThrownBy(() -> get(ended)).isInstanceOf(ExecutionException.class);
    var next = get(open(HttpMethod.GET, "/")).send();
    soon(sinks).whole(head(204), bytes(""));
    assertThat(get(next).statusCode()).isEqualTo(204);
    assertThat(worker.left).isEmpty();
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    serve(FakeWorker.saying("hello"));

    BlockingQueue<Buffer> bodies = new LinkedBlockingQueue<>();
    var response =
        get(
            open(HttpMethod.HEAD, "/")
                .compose(HttpClientRequest::send)
                .onSuccess(answer -> answer.bodyHandler(bodies::add)));

    assertThat(response.getHeader("content-length")).isEqualTo("5");
    assertThat(soon(bodies).length()).isZero();
  }

  private io.vertx.core.Future<HttpClientRequest> open(HttpMethod method, String path) {
    return client.request(method, server.port(), "localhost", path);
  }

  private static <T> T get(io.vertx.core.Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
