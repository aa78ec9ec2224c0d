package dev.whence.conformance.causes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.explain.Cause;
import dev.whence.explain.CauseKind;
import dev.whence.explain.Owner;
import dev.whence.explain.Site;
import dev.whence.explain.Work;
import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The library that made the bug known: jose, before and after its repair (jose/README.md). */
class JoseCausesTest {
  private static final String KEYS = "http://up.test/delay/20000/jwks";

  @Test
  void namesTheLineOfTheLibraryThatKeepsThePendingFetch() {
    try (TestWorker worker = start("jose-4.4.0.mjs", CrossRequest.CANCEL)) {
      TestClient first = send(worker, "/first");
      send(worker, "/second").answer();
      first.disconnect();

      Cause cause = Objects.requireNonNull(worker.trace("/second").whence().cause());
      assertThat(cause.kind()).isEqualTo(CauseKind.AWAITS_OTHER_REQUEST);
      assertThat(cause.summary())
          .isEqualTo("r2 waits for a promise that r1 created; only r1 can settle it.");
      assertThat(cause.awaited().top())
          .contains(
              new Site("node_modules/jose/dist/browser/jwks/remote.js", 57, 9, "reload", true));
      assertThat(cause.awaited().firstOfAuthor())
          .contains(new Site("worker.mjs", 10, 31, "fetch", false));
      assertThat(cause.created().top())
          .contains(
              new Site("node_modules/jose/dist/browser/jwks/remote.js", 52, 18, "reload", true));
      Owner owner = Objects.requireNonNull(cause.owner());
      assertThat(owner.named()).isEqualTo("r1 (GET /first)");
      assertThat(owner.waitsFor()).extracting(Work::what).contains("fetch GET " + KEYS);
      assertThat(cause.store())
          .isEqualTo(
              "property `_pendingFetch` of a RemoteJWKSet that module variable `keys` of worker.mjs"
                  + " is bound to");
      assertThat(Objects.requireNonNull(cause.code()).source()).contains("createRemoteJWKSet");
      assertThat(worker.trace("/first").whence().cause()).isNull();
    }
  }

  @Test
  void warnsOfTheLibraryWhereRequestsMayFollowEachOther() {
    try (TestWorker worker = start("jose-4.4.0.mjs", CrossRequest.FOLLOW)) {
      TestClient first = send(worker, "/first");
      TestClient second = send(worker, "/second");
      worker.scheduled("* * * * *", Instant.EPOCH).join(); // after the turns of both
      second.disconnect();
      first.disconnect();

      assertThat(worker.trace("/second").whence().risks())
          .singleElement()
          .satisfies(
              risk -> {
                assertThat(risk.kind()).isEqualTo(CauseKind.AWAITS_OTHER_REQUEST);
                assertThat(risk.awaited().top().map(Site::library)).contains(true);
              });
    }
  }

  @Test
  void staysSilentSinceTheRepair() {
    for (CrossRequest mode : CrossRequest.values()) {
      try (TestWorker worker = start("jose-4.15.9.mjs", mode)) {
        List<TestClient> clients =
            IntStream.range(0, 5).mapToObj(i -> send(worker, "/" + i)).toList();
        worker.upstream().awaitRequests(5); // each fetches for itself
        clients.forEach(TestClient::disconnect);

        assertThat(worker.traces(5))
            .hasSize(5)
            .allSatisfy(
                item -> {
                  assertThat(item.outcome()).isEqualTo(Outcome.CANCELED);
                  assertThat(item.whence()).isEqualTo(silent(item));
                });
      }
    }
  }

  private static TraceItem.Whence silent(TraceItem item) {
    return new TraceItem.Whence(item.whence().request(), item.whence().isolate());
  }

  private static TestWorker start(String bundle, CrossRequest mode) {
    return TestWorker.of(bundle, read("/jose/" + bundle))
        .binding("JWKS_URL", KEYS)
        .mode(mode)
        .explained()
        .start();
  }

  private static TestClient send(TestWorker worker, String path) {
    String token = "Bearer " + read("/jose/token.txt").strip();
    return worker.send("GET", path, List.of("authorization", token), null);
  }

  private static String read(String resource) {
    try (InputStream in = JoseCausesTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
