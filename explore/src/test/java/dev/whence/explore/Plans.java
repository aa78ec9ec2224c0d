package dev.whence.explore;

import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Limits;
import dev.whence.runtime.Provenance;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans for tests. */
final class Plans {
  private Plans() {}

  static Plan of(String script, CrossRequest mode, Upstream upstream, String... paths) {
    List<RequestSpec> requests = new ArrayList<>();
    for (String path : paths) {
      requests.add(RequestSpec.get(path));
    }
    return new Plan(
        WorkerSource.inMemory(
            "worker.js", Map.of("worker.js", script.getBytes(StandardCharsets.UTF_8))),
        options(mode),
        requests,
        List.of(paths),
        upstream,
        Volatile.usual(),
        "0",
        1);
  }

  static Plan of(String script, CrossRequest mode, String... paths) {
    return of(script, mode, Upstream.none(), paths);
  }

  static WorkerOptions options(CrossRequest mode) {
    return new WorkerOptions(
        "test",
        Map.of(),
        null,
        List.of(),
        mode,
        false,
        false,
        false,
        Provenance.SITES,
        true,
        Limits.defaults());
  }

  static Stubs stub(String url, int status, String body) {
    return new Stubs(
        List.of(
            new Stubs.Stub(
                url,
                new Upstream.Reply(
                    status,
                    List.of("content-type", "text/plain"),
                    body.getBytes(StandardCharsets.UTF_8)))));
  }
}
