package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.WorkerOptions;
import dev.whence.testkit.TestWorker;
import org.junit.jupiter.api.Test;

class EntrypointsTest {
  @Test
  void servesADefaultExportThatIsAClassAndToleratesNamedEntrypoints() {
    String script =
        """
        import { WorkerEntrypoint, env, waitUntil } from 'cloudflare:workers';
        export class Admin extends WorkerEntrypoint { list() { return [] } }
        export default class extends WorkerEntrypoint {
          async fetch(request) {
            waitUntil(scheduler.wait(1).then(() => console.log('later')));
            this.ctx.waitUntil(Promise.resolve());
            return Response.json([this.env.NAME, env.NAME, env.LIST, request.method]);
          }
        }
        """;
    try (TestWorker worker =
        TestWorker.of(script)
            .binding("NAME", "n")
            .binding("LIST", new WorkerOptions.Json("[1,2]"))
            .start()) {
      assertThat(worker.get("/").answer().text()).isEqualTo("[\"n\",\"n\",[1,2],\"GET\"]");
      assertThat(worker.trace("/").logs()).hasSize(1);
    }
  }

  @Test
  void givesBindingsToServiceWorkerScriptsAsGlobals() {
    String script =
        "addEventListener('fetch', (e) => e.respondWith(new Response(NAME + LIST.length)));";
    try (TestWorker worker =
        TestWorker.of(script)
            .binding("NAME", "n")
            .binding("LIST", new WorkerOptions.Json("[1,2]"))
            .start()) {
      assertThat(worker.get("/").answer().text()).isEqualTo("n2");
    }
  }
}
