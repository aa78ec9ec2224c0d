package dev.whence.conformance.causes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.conformance.HeldBody;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import org.junit.jupiter.api.Test;

/**
 * What {@code whence dump} shows: every pending promise by its request and the place it is from.
 */
class PromiseDumpTest {
  private static final String SCRIPT =
      """
      const kept = [];
      export default { async fetch(request) {
        for (let i = 0; i < 3; i++) {
          kept.push(new Promise(() => {}));
        }
        await request.text();
        return new Response('answered');
      } };
      """;

  @Test
  void listsPendingPromisesByRequestAndPlace() {
    try (TestWorker worker = TestWorker.of(SCRIPT).explained().start()) {
      HeldBody body = new HeldBody();
      TestClient client = worker.send(body.to("/held"));
      worker.get("/done").answer();
      worker.trace("/done");

      assertThat(worker.worker().promises().join())
          .contains(
              """
              {"request":"r1","line":"POST /held","ended":false,"count":3,\
              "created":{"file":"worker.js","line":4,"column":15,"function":"fetch"}}""",
              """
              {"request":"r2","line":"GET /done","ended":true,"count":3,\
              "created":{"file":"worker.js","line":4,"column":15,"function":"fetch"}}""")
          .endsWith("\"provenance\":\"sites\"}");
      body.release();
      assertThat(client.answer().text()).isEqualTo("answered");
    }
  }

  @Test
  void listsNothingWhenAllHaveSettled() {
    String script =
        """
        const kept = [];
        export default { async fetch() {
          kept.push(Promise.resolve(1), Promise.reject(2).catch(() => {}));
          return new Response('answered');
        } };
        """;
    try (TestWorker worker = TestWorker.of(script).explained().start()) {
      worker.get("/a").answer();
      worker.trace("/a");

      assertThat(worker.worker().promises().join())
          .isEqualTo("{\"promises\":[],\"provenance\":\"sites\"}");
    }
  }
}
