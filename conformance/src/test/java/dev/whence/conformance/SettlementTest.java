package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Settling another request's promise with handle_cross_request_promise_resolution:
 * workers-semantics.md, section 5.
 *
 * <p>A request to {@code /owner} waits for a promise that others settle; its body, which never
 * comes unless a test releases it, keeps it alive (5.7).
 */
class SettlementTest {
  private static final String DATE = "2025-01-01";

  /** {@code owner} are the owner's statements, {@code settler} those of all other requests. */
  private static TestWorker settling(String owner, String settler) {
    return TestWorker.of(
            """
            const order = [];
            let shared, settle, refuse, ran = 0;
            export default { async fetch(request, env, ctx) {
              const path = new URL(request.url).pathname;
              if (path === '/ran') return new Response(String(ran));
              if (path === '/order') return new Response(order.join());
              if (path === '/owner') {
                const body = request.text().catch(() => {});
                shared = new Promise((resolve, reject) => { settle = resolve; refuse = reject; });
                %s
              }
              %s
            } };
            """
                .formatted(owner, settler))
        .date(DATE)
        .start();
  }

  private static final String ANSWERS_WITH_IT = "return new Response('owner ' + await shared);";

  @Test
  @DisplayName("5.1 the settlement happens in a turn of the owner, which answers")
  void ownerAnswersWhenAnotherSettles() {
    try (TestWorker worker =
        settling(
            "const value = await shared; console.log(value); return new Response(value);",
            "console.log('settling'); settle('value'); return new Response('settled');")) {
      TestClient owner = worker.send(new HeldBody().to("/owner"));
      Check.answered(worker.get("/settler"), "settled");

      Check.answered(owner, "value");
      Check.ok(worker.trace("/owner"));
      Check.ok(worker.trace("/settler"));
      assertThat(Check.logs(worker.trace("/owner"))).containsExactly("[\"value\"]");
      assertThat(Check.logs(worker.trace("/settler"))).containsExactly("[\"settling\"]");
    }
  }

  @Test
  @DisplayName("5.1 the promise stays pending for the rest of the settler's turn")
  void staysPendingInTheSettlersTurn() {
    try (TestWorker worker =
        settling(
            "shared.then(() => order.push('reaction')); " + ANSWERS_WITH_IT,
            """
            order.push('before');
            settle('value');
            order.push('after');
            for (let i = 0; i < 10; i++) await null;
            order.push('microtasks');
            await scheduler.wait(0);
            return new Response('settled');
            """)) {
      TestClient owner = worker.send(new HeldBody().to("/owner"));
      Check.answered(worker.get("/settler"), "settled");
      Check.answered(owner, "owner value");

      Check.answered(worker.get("/order"), "before,after,microtasks,reaction");
    }
  }

  @Test
  @DisplayName("5.1 an owner that settles its own promise sees it settled in the same turn")
  void settlesAnOwnPromiseAtOnce() {
    try (TestWorker worker =
        settling(
            """
            shared.then(() => order.push('reaction'));
            settle('own');
            order.push('after');
            await null;
            order.push('microtask');
            return new Response(await shared);
            """,
            "")) {
      HeldBody body = new HeldBody();
      Check.answered(worker.send(body.to("/owner")), "own");

      Check.answered(worker.get("/order"), "after,reaction,microtask");
    }
  }

  @Test
  @DisplayName("5.1 the first settlement counts, whoever makes it")
  void keepsTheFirstSettlement() {
    try (TestWorker worker =
        settling(
            ANSWERS_WITH_IT,
            "settle('first'); settle('second'); refuse('third');"
                + " return new Response(String(settle('fourth')));")) {
      TestClient owner = worker.send(new HeldBody().to("/owner"));
      // 5.2: the resolving functions return normally.
      Check.answered(worker.get("/settler"), "undefined");

      Check.answered(owner, "owner first");
    }
  }

  @Test
  @DisplayName("5.2 the settler may await the promise afterwards")
  void settlerMayAwaitIt() {
    try (TestWorker worker =
        settling(
            ANSWERS_WITH_IT, "settle('value'); return new Response('settler ' + await shared);")) {
      TestClient owner = worker.send(new HeldBody().to("/owner"));
      Check.answered(worker.get("/settler"), "settler value");

      Check.answered(owner, "owner value");
      Check.ok(worker.trace("/settler"));
    }
  }

  @Test
  @DisplayName("5.3 a thenable is asked once, in the settler's context")
  void asksAThenableInTheSettlersContext() {
    try (TestWorker worker =
        settling(
            ANSWERS_WITH_IT,
            "settle({ then(done) { ran++; console.log('then'); done('from thenable'); } });"
                + " await null; return new Response('settled');")) {
      TestClient owner = worker.send(new HeldBody().to("/owner"));
      Check.answered(worker.get("/settler"), "settled");

      Check.answered(owner, "owner from thenable");
      Check.answered(worker.get("/ran"), "1");
      assertThat(Check.logs(worker.trace("/settler"))).containsExactly("[\"then\"]");
      assertThat(Check.logs(worker.trace("/owner"))).isEmpty();
    }
  }

  @Test
  @DisplayName("5.3 settling with a promise of the settler moves its final settlement only")
  void followsAPromiseOfTheSettler() {
    try (TestWorker worker =
        settling(
            ANSWERS_WITH_IT,
            "const later = scheduler.wait(2).then(() => 'later'); settle(later); await later;"
                + " await scheduler.wait(0); return new Response('settled');")) {
      TestClient owner = worker.send(new HeldBody().to("/owner"));
      Check.answered(worker.get("/settler"), "settled");

      Check.answered(owner, "owner later");
    }
  }

  @Test
  @DisplayName("5.4 a promise settled with one that waits for it: the owner is hung")
  void endsAnOwnerWhosePromiseWaitsForItself() {
    try (TestWorker worker =
        settling(
            "await body; await shared;",
            "settle((async () => { await shared; })()); return new Response('settled');")) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      Check.answered(worker.get("/settler"), "settled");
      body.release();

      Check.ended(owner, worker.trace("/owner"), Texts.HANG);
      Check.ok(worker.trace("/settler"));
    }
  }

  @Test
  @DisplayName("5.4 the same while the settler waits as well: both are ended")
  void endsBothWhenTheSettlerWaitsForItself() {
    try (TestWorker worker =
        settling(
            "await body; await shared;",
            "const mine = (async () => { await shared; })(); settle(mine); await mine;")) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      TestClient settler = worker.get("/settler");
      Check.answered(worker.get("/ran"), "0");
      assertThat(settler.isOver()).isFalse();
      body.release();

      Check.ended(owner, worker.trace("/owner"), Texts.HANG);
      Check.failed(settler, "Error: " + Texts.OWNER_GONE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "settle('late')",
        "refuse(new Error('late'))",
        "settle({ then(d) { d('late'); } })"
      })
  @DisplayName("5.5 the owner is gone: the settlement is dropped and the settler warned")
  void dropsASettlementForAnOwnerThatIsGone(String settlement) {
    try (TestWorker worker =
        settling(
            "shared.then(() => ran++, () => ran++); return new Response('left');",
            "function settleIt() { "
                + settlement
                + "; } settleIt(); console.log('goes on');"
                + " return new Response('settled');")) {
      HeldBody body = new HeldBody();
      Check.answered(worker.send(body.to("/owner")), "left");
      worker.trace("/owner");
      Check.answered(worker.get("/settler"), "settled");

      TraceItem settler = worker.trace("/settler");
      Check.ok(settler);
      assertThat(settler.logs()).extracting(TraceItem.Log::level).containsExactly("warn", "log");
      assertThat(settler.logs().get(0).messageJson())
          .startsWith("[\"" + Texts.DROPPED)
          .contains("settleIt")
          .contains("worker.js:");
      Check.answered(worker.get("/ran"), "0");
      assertThat(Check.logs(worker.trace("/ran"))).isEmpty();
    }
  }

  @Test
  @DisplayName("5.5 the owner is gone when its client left")
  void dropsASettlementForAClientThatLeft() {
    try (TestWorker worker =
        settling(
            "await shared; ran++; return new Response('late');",
            "settle('value'); return new Response('settled');")) {
      TestClient owner = worker.send(new HeldBody().to("/owner"));
      Check.answered(worker.get("/ran"), "0");
      owner.disconnect();
      Check.answered(worker.get("/settler"), "settled");

      assertThat(worker.trace("/settler").logs())
          .singleElement()
          .satisfies(line -> assertThat(line.messageJson()).contains(Texts.DROPPED));
      Check.answered(worker.get("/ran"), "0");
    }
  }

  @Test
  @DisplayName("5.5 settling again what was settled in time is no reason to warn")
  void staysSilentWhenThePromiseWasSettledInTime() {
    try (TestWorker worker =
        settling(
            "settle('own'); return new Response(await shared);",
            "settle('again'); return new Response('settled');")) {
      HeldBody body = new HeldBody();
      Check.answered(worker.send(body.to("/owner")), "own");
      worker.trace("/owner");
      Check.answered(worker.get("/settler"), "settled");

      assertThat(worker.trace("/settler").logs()).isEmpty();
    }
  }

  @Test
  @DisplayName("5.7 an owner that holds nothing is hung before help arrives")
  void endsAnOwnerThatOnlyWaitsForOthers() {
    try (TestWorker worker =
        settling(ANSWERS_WITH_IT, "settle('value'); return new Response('settled');")) {
      // Without a body nothing keeps it alive.
      Check.ended(worker.get("/owner"), worker.trace("/owner"), Texts.HANG);

      Check.answered(worker.get("/settler"), "settled");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new Promise((resolve) => settle = resolve)",
        "(() => { const made = Promise.withResolvers(); settle = made.resolve;"
            + " return made.promise; })()",
        "new (class Mine extends Promise {})((resolve) => settle = resolve)",
      })
  @DisplayName("5.1 it does not matter how the promise was made")
  void deliversWhateverMadeThePromise(String promise) {
    try (TestWorker worker =
        settling(
            "return new Response(await " + promise + ");",
            "settle('value'); return new Response('settled');")) {
      TestClient owner = worker.send(new HeldBody().to("/owner"));
      Check.answered(worker.get("/settler"), "settled");

      Check.answered(owner, "value");
      Check.ok(worker.trace("/owner"));
    }
  }
}
