package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When and where a moved settlement takes effect: workers-semantics.md, 5.7 to 5.9. */
class QueuedSettlementTest {
  private static final String DATE = "2025-01-01";

  /**
   * The owner holds a fetch that it gives up when told to go on; from then on it waits for {@code
   * help} only.
   */
  private static final String GIVES_UP_ITS_FETCH =
      """
      let goOn, help;
      export default { async fetch(request) {
        if (request.url.endsWith('/settler')) {
          goOn();
          %s
          return new Response('settled');
        }
        const controller = new AbortController();
        fetch('http://up.test/never', { signal: controller.signal }).catch(() => {});
        const helped = new Promise((resolve) => help = resolve);
        await new Promise((resolve) => goOn = resolve);
        controller.abort();
        return new Response(await helped);
      } };
      """;

  @Test
  @DisplayName("5.7 a settlement that is already queued wins over the verdict")
  void staysSilentWhenHelpIsOnItsWay() {
    String script = GIVES_UP_ITS_FETCH.formatted("help('in time');");
    try (TestWorker worker = TestWorker.of(script).date(DATE).start()) {
      TestClient owner = worker.get("/owner");
      Check.answered(worker.get("/settler"), "settled");

      Check.answered(owner, "in time");
      Check.ok(worker.trace("/owner"));
    }
  }

  @Test
  @DisplayName("5.7 help that is only promised for later does not")
  void endsTheOwnerWhenHelpIsNotOnItsWay() {
    String script = GIVES_UP_ITS_FETCH.formatted("await request.text(); help('late');");
    try (TestWorker worker = TestWorker.of(script).date(DATE).start()) {
      TestClient owner = worker.get("/owner");
      HeldBody body = new HeldBody();
      TestClient settler = worker.send(body.to("/settler"));

      Check.ended(owner, worker.trace("/owner"), Texts.HANG);
      assertThat(settler.isOver()).isFalse();
      body.release();
      Check.answered(settler, "settled");
    }
  }

  @Test
  @DisplayName("5.8 a rejection that moved fires unhandledrejection in the owner's context")
  void reportsAMovedRejectionToTheOwner() {
    try (TestWorker worker =
        TestWorker.of(
                """
                let refuse;
                addEventListener('unhandledrejection', (event) => console.log(event.reason.message));
                export default { async fetch(request) {
                  if (request.body === null) {
                    refuse(new Error('moved'));
                    return new Response('refused');
                  }
                  new Promise((resolve, reject) => refuse = reject);
                  return new Response(await request.text());
                } };
                """)
            .date(DATE)
            .start()) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      Check.answered(worker.get("/settler"), "refused");
      body.release();

      Check.answered(owner, "go");
      assertThat(Check.logs(worker.trace("/owner"))).containsExactly("[\"moved\"]");
      assertThat(Check.logs(worker.trace("/settler"))).isEmpty();
    }
  }

  @Test
  @DisplayName("5.9 enqueueing into another request's stream wakes its reader as itself")
  void wakesTheReaderOfAStream() {
    try (TestWorker worker =
        TestWorker.of(
                """
                let controller;
                export default { async fetch(request) {
                  if (request.body === null) {
                    controller.enqueue('part');
                    await null;
                    console.log('enqueued');
                    return new Response('fed');
                  }
                  request.text().catch(() => {});
                  const stream = new ReadableStream({ start(given) { controller = given; } });
                  const { value } = await stream.getReader().read();
                  console.log(value);
                  return new Response(value);
                } };
                """)
            .date(DATE)
            .start()) {
      TestClient owner = worker.send(new HeldBody().to("/owner"));
      Check.answered(worker.get("/feeder"), "fed");

      Check.answered(owner, "part");
      Check.ok(worker.trace("/owner"));
      assertThat(Check.logs(worker.trace("/owner"))).containsExactly("[\"part\"]");
      assertThat(Check.logs(worker.trace("/feeder"))).containsExactly("[\"enqueued\"]");
    }
  }
}
