package dev.whence.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.runtime.Limits;
import dev.whence.runtime.Provenance;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import dev.whence.runtime.WorkerStartException;
import dev.whence.server.Recording;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one test of this module that starts isolates and opens ports. */
@Timeout(120)
class VertxServingTest {
  private static final WorkerOptions OPTIONS =
      new WorkerOptions(
          "worker",
          Map.of(),
          null,
          List.of(),
          null,
          false,
          true,
          false,
          Provenance.OWNERS,
          false,
          Limits.defaults());

  private final List<TraceItem> traces = new CopyOnWriteArrayList<>();
  private final List<TraceItem.Log> startupLogs = new CopyOnWriteArrayList<>();

  @Test
  void servesWhatWasLoadedLast() throws Exception {
    Serving serving = open(0);
    int port = serving.awaitPorts().port();
    assertThat(get(port).statusCode()).isEqualTo(503);

    load(serving, "console.log('starting'); export default { fetch: () => new Response('one') };");
    assertThat(startupLogs).hasSize(1);
    assertThat(get(port).body()).isEqualTo("one");

    assertThatThrownBy(() -> load(serving, "let x = ;")).isInstanceOf(WorkerStartException.class);
    assertThat(get(port).statusCode()).isEqualTo(500);
    assertThat(get(port).body()).contains("SyntaxError", "> 1 | let x = ;");

    load(serving, "export default { fetch: () => new Response('two') };");
    assertThat(get(port).body()).isEqualTo("two");
    serving.stop(Duration.ofSeconds(30));
    assertThat(serving.inFlight()).isZero();
    assertThat(traces).hasSize(2);
  }

  @Test
  void aPortInUseIsToldWithTheOptionThatChoosesAnother() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Serving serving = open(taken.getLocalPort());
      assertThatThrownBy(serving::awaitPorts)
          .isInstanceOf(Serving.PortException.class)
          .message()
          .startsWith("port " + taken.getLocalPort() + " on 127.0.0.1 is in use")
          .contains("--port");
      serving.stop(Duration.ZERO);
    }
  }

  @Test
  void warmingUpIsSilent() throws Exception {
    WatchedOutput out = new WatchedOutput();
    WatchedOutput err = new WatchedOutput();
    Console console = new Console(out, new PrintStream(err, true, UTF_8), Map.of());
    int exitCode = new Whence(console, VertxServing::open, action -> {}).execute("--warm-up");
    assertThat(exitCode).isZero();
    assertThat(out.text()).isEmpty();
    assertThat(err.text()).isEmpty();
  }

  private Serving open(int port) {
    return VertxServing.open(
        new Serving.Address("127.0.0.1", port, 0, false), Recording.ALWAYS, traces::add);
  }

  private void load(Serving serving, String script) throws WorkerStartException {
    WorkerSource source =
        WorkerSource.inMemory("worker.js", Map.of("worker.js", script.getBytes(UTF_8)));
    serving.load(source, OPTIONS, startupLogs::add);
  }

  private static HttpResponse<String> get(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
