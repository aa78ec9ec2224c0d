package dev.whence.conformance.explore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.explain.Cause;
import dev.whence.explore.Explorer;
import dev.whence.explore.Finding;
import dev.whence.explore.Plan;
import dev.whence.explore.Report;
import dev.whence.explore.RequestSpec;
import dev.whence.explore.Stubs;
import dev.whence.explore.Upstream;
import dev.whence.explore.Volatile;
import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Limits;
import dev.whence.runtime.Provenance;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The key set that a library fetches once for all (jose/README.md): found without any load. */
class JoseTest {
  private static final String JWKS = "https://issuer.test/jwks";

  @Test
  void theFaultOfTheLibraryIsFoundWithTwoRequests() throws Exception {
    Report report = explore("jose-4.4.0.mjs");

    assertThat(report.findings()).hasSize(1);
    Finding finding = report.findings().get(0);
    assertThat(finding.requestCount()).isEqualTo(2);
    Cause cause = Objects.requireNonNull(finding.cause());
    assertThat(cause.awaited().top())
        .hasValueSatisfying(
            site -> {
              assertThat(site.file()).endsWith("jose/dist/browser/jwks/remote.js");
              assertThat(site.library()).isTrue();
            });
    assertThat(cause.awaited().firstOfAuthor())
        .hasValueSatisfying(site -> assertThat(site.file()).isEqualTo("worker.mjs"));
  }

  @Test
  void theRepairedLibraryIsNotAccused() throws Exception {
    assertThat(explore("jose-4.15.9.mjs").findings()).isEmpty();
  }

  private static Report explore(String bundle) throws Exception {
    String token = new String(read("token.txt"), UTF_8).strip();
    List<RequestSpec> requests =
        List.of("/one", "/two", "/three").stream()
            .map(
                path ->
                    new RequestSpec(
                        "GET",
                        RequestSpec.ORIGIN + path,
                        List.of("authorization", "Bearer " + token),
                        new byte[0]))
            .toList();
    WorkerOptions options =
        new WorkerOptions(
            "jose",
            Map.of("JWKS_URL", JWKS),
            null,
            List.of(),
            CrossRequest.CANCEL,
            false,
            false,
            false,
            Provenance.SITES,
            true,
            Limits.defaults());
    Upstream.Reply keys =
        new Upstream.Reply(200, List.of("content-type", "application/json"), read("jwks.json"));
    return Explorer.explore(
        new Plan(
            WorkerSource.inMemory(bundle, Map.of(bundle, read(bundle))),
            options,
            requests,
            List.of(),
            new Stubs(List.of(new Stubs.Stub(JWKS, keys))),
            Volatile.usual(),
            "0",
            1),
        Explorer.Budget.schedules(200));
  }

  private static byte[] read(String file) throws IOException {
    try (InputStream in = JoseTest.class.getResourceAsStream("/jose/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }
}
