package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;

/** Rule 4.9, the same in every mode: promises made at start-up have no owner. */
final class StartUpPromise {
  static final String SCRIPT =
      """
      let resolve;
      const ready = new Promise((done) => resolve = done);
      export default { async fetch(request, env, ctx) {
        if (request.url.endsWith('/resolve')) {
          resolve('ready');
          return new Response('resolved');
        }
        if (request.body !== null) ctx.waitUntil(request.text().catch(() => {}));
        const value = await ready;
        console.log(value);
        return new Response(value);
      } };
      """;

  private StartUpPromise() {}

  /**
   * Awaiting it pending is a hang at once; once resolved all may read it. A waiter that other work
   * keeps alive resumes as itself: the anchor resumes it in the resolver's context and fails with
   * XREQ, which design.md rules out ("the current request follows the continuation").
   */
  static void check(TestWorker worker, String verdict) {
    Check.ended(worker.get("/early"), worker.trace("/early"), verdict);
    HeldBody body = new HeldBody();
    TestClient kept = worker.send(body.to("/kept"));
    Check.answered(worker.get("/resolve"), "resolved");
    Check.answered(worker.get("/late"), "ready");
    Check.answered(kept, "ready");
    body.release();

    Check.ok(worker.trace("/kept"));
    assertThat(Check.logs(worker.trace("/kept"))).containsExactly("[\"ready\"]");
    assertThat(Check.logs(worker.trace("/resolve"))).isEmpty();
  }
}
