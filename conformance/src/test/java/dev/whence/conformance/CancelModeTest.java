package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Promises across requests by the rules of 2022, the mode without a compatibility date:
 * workers-semantics.md, section 3, made strict (an ended request runs no code; design.md).
 *
 * <p>A request to {@code /owner} makes the shared promise and settles it when its body arrives.
 */
class CancelModeTest {
  /** {@code statements} are those of all other requests; {@code shared} is the owner's promise. */
  private static TestWorker sharing(String statements) {
    return TestWorker.of(
            """
            let shared, settle, ran = 0;
            export default { async fetch(request, env, ctx) {
              const path = new URL(request.url).pathname;
              if (path === '/ran') return new Response(String(ran));
              if (path === '/owner' || path === '/rejecting') {
                shared = new Promise((resolve, reject) => {
                  settle = path === '/owner' ? resolve : reject;
                });
                shared.catch(() => {});
                settle(await request.text());
                return new Response('owner ' + await shared.catch((reason) => 'rejected ' + reason));
              }
              %s
            } };
            """
                .formatted(statements))
        .start();
  }

  @Test
  @DisplayName("3.1 three requests share a blocker: the second and third are hung at once")
  void endsFollowersOfAPendingPromiseAtOnce() {
    try (TestWorker worker =
        sharing("await shared; ran++; console.log('end'); return new Response('followed');")) {
      HeldBody body = new HeldBody();
      TestClient first = worker.send(body.to("/owner"));
      TestClient second = worker.get("/second");
      TestClient third = worker.get("/third");

      Check.ended(second, worker.trace("/second"), Texts.HANG_2022);
      Check.ended(third, worker.trace("/third"), Texts.HANG_2022);
      assertThat(first.isOver()).isFalse();
      body.release();

      Check.answered(first, "owner go");
      Check.ok(worker.trace("/owner"));
    }
  }

  @Test
  @DisplayName("3.2 made strict: code of an ended follower never runs, not in the owner's turn")
  void runsNoCodeOfAnEndedFollower() {
    try (TestWorker worker =
        sharing(
            """
            console.log('before');
            shared.then(() => ran++);
            shared.finally(() => ran++);
            try { await shared; ran++; } catch { ran++; } finally { ran++; console.log('after'); }
            return new Response('followed');
            """)) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      Check.ended(worker.get("/second"), worker.trace("/second"), Texts.HANG_2022);
      body.release();
      Check.answered(owner, "owner go");

      Check.answered(worker.get("/ran"), "0");
      assertThat(Check.logs(worker.trace("/second"))).containsExactly("[\"before\"]");
      assertThat(Check.logs(worker.trace("/owner"))).isEmpty();
      Check.ok(worker.trace("/owner"));
    }
  }

  private static final List<String> WAYS_TO_FOLLOW =
      List.of(
          "return shared;",
          "return await shared.then((text) => new Response(text));",
          "await Promise.all([shared]);",
          "await Promise.race([shared]);",
          "await Promise.any([shared]);",
          "await Promise.allSettled([shared]);",
          "await new Promise((resolve) => resolve(shared));",
          "await (async () => shared)();",
          "await Promise.resolve(shared);",
          "await Promise.prototype.then.call(shared, () => {});",
          "await shared.catch(() => {});",
          "await shared.finally(() => {});",
          "for await (const value of [shared]) ran += value.length;",
          "for await (const value of (async function* () { yield shared; })()) ran += value.length;",
          "for await (const value of (async function* () { yield* [shared]; })()) ran++;",
          "await { then: (done) => shared.then(done) };",
          "await shared.then(() => { ran++; }, () => { ran++; });",
          "const { then } = shared; await Reflect.apply(then, shared, [() => { ran++; }]);",
          "class Mine extends Promise {} await Mine.resolve(shared);",
          "ctx.waitUntil(shared); await shared;");

  @Test
  @DisplayName("4.2 every way to follow a pending promise of another request ends in the verdict")
  void endsAFollowerHoweverItFollows() {
    List<String> bodies =
        WAYS_TO_FOLLOW.stream().map(body -> body + " return new Response('followed');").toList();
    try (TestWorker worker = sharing(Check.oneOf(bodies))) {
      for (int i = 0; i < bodies.size(); i++) {
        String path = "/" + i;
        String ownersPath = "/owner?" + i;
        Check.describing(
            bodies.get(i),
            () -> {
              HeldBody body = new HeldBody();
              TestClient owner = worker.send(body.to(ownersPath));
              Check.ended(worker.get(path), worker.trace(path), Texts.HANG_2022);
              body.release();

              Check.answered(owner, "owner go");
              Check.ok(worker.trace(ownersPath));
            });
      }
      Check.answered(worker.get("/ran"), "0");
    }
  }

  private static final List<String> WAYS_TO_READ =
      List.of(
          "return new Response(await shared);",
          "return shared.then((text) => new Response(text));",
          "return new Response((await Promise.all([shared]))[0]);",
          "return new Response(await Promise.race([shared, new Promise(() => {})]));",
          "return new Response(await Promise.any([shared]));",
          "return new Response((await Promise.allSettled([shared]))[0].value);",
          "return new Response(await (async () => shared)());",
          "return new Response(await new Promise((resolve) => resolve(shared)));",
          "for await (const text of [shared]) return new Response(text);");

  @Test
  @DisplayName("3.6 a promise that is fulfilled is free to share")
  void sharesFulfilledPromises() {
    try (TestWorker worker = sharing(Check.oneOf(WAYS_TO_READ))) {
      HeldBody body = new HeldBody();
      body.release();
      Check.answered(worker.send(body.to("/owner")), "owner go");
      worker.trace("/owner");

      for (int i = 0; i < WAYS_TO_READ.size(); i++) {
        String path = "/" + i;
        Check.describing(
            WAYS_TO_READ.get(i),
            () -> {
              Check.answered(worker.get(path), "go");
              Check.ok(worker.trace(path));
            });
      }
    }
  }

  @Test
  @DisplayName("3.6 a promise that is rejected is free to share")
  void sharesRejectedPromises() {
    try (TestWorker worker =
        sharing("return new Response(await shared.catch((reason) => 'caught ' + reason));")) {
      HeldBody body = new HeldBody();
      body.release();
      Check.answered(worker.send(body.to("/rejecting")), "owner rejected go");
      worker.trace("/rejecting");

      Check.answered(worker.get("/second"), "caught go");
      Check.ok(worker.trace("/second"));
    }
  }

  @Test
  @DisplayName("3.6 a fulfilled promise is free to share while its owner still runs")
  void sharesFulfilledPromisesOfALivingRequest() {
    try (TestWorker worker =
        TestWorker.of(
                """
                let shared;
                export default { async fetch(request) {
                  if (request.body === null) return new Response(await shared);
                  shared = Promise.resolve('early');
                  return new Response(await request.text());
                } };
                """)
            .start()) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      Check.answered(worker.get("/second"), "early");
      assertThat(owner.isOver()).isFalse();
      body.release();

      Check.answered(owner, "go");
    }
  }

  /** The follower keeps itself alive with its body, whose end is logged. */
  private static final String KEPT_ALIVE =
      """
      ctx.waitUntil(request.text().then((text) => console.log(text)));
      await shared;
      ran++;
      return new Response('followed');
      """;

  @Test
  @DisplayName(
      "3.4 a follower kept alive while the owner settles ends as NEVER after its last event")
  void endsAFollowerWhoseContinuationWasLost() {
    try (TestWorker worker = sharing(KEPT_ALIVE)) {
      HeldBody ownersBody = new HeldBody();
      HeldBody followersBody = new HeldBody();
      TestClient owner = worker.send(ownersBody.to("/owner"));
      TestClient follower = worker.send(followersBody.to("/second"));
      ownersBody.release();
      Check.answered(owner, "owner go");
      Check.ok(worker.trace("/owner"));
      assertThat(follower.isOver()).isFalse();
      followersBody.release();

      Check.ended(follower, worker.trace("/second"), Texts.NEVER);
      assertThat(Check.logs(worker.trace("/second"))).containsExactly("[\"go\"]");
      Check.answered(worker.get("/ran"), "0");
    }
  }

  @Test
  @DisplayName("3.4 a follower kept alive while the owner waits on: HANG-2022 after its last event")
  void endsAFollowerThatOutlivesItsEventsWithTheOrdinaryVerdict() {
    try (TestWorker worker = sharing(KEPT_ALIVE)) {
      HeldBody ownersBody = new HeldBody();
      HeldBody followersBody = new HeldBody();
      TestClient owner = worker.send(ownersBody.to("/owner"));
      TestClient follower = worker.send(followersBody.to("/second"));
      followersBody.release();

      Check.ended(follower, worker.trace("/second"), Texts.HANG_2022);
      assertThat(Check.logs(worker.trace("/second"))).containsExactly("[\"go\"]");
      ownersBody.release();
      Check.answered(owner, "owner go");
      Check.answered(worker.get("/ran"), "0");
    }
  }

  @Test
  @DisplayName("3.4 a follower that answers by other means is not ended")
  void staysSilentWhenTheAnswerDoesNotNeedTheForeignPromise() {
    try (TestWorker worker =
        sharing("shared.then(() => ran++); return new Response('own answer');")) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      Check.answered(worker.get("/second"), "own answer");
      Check.ok(worker.trace("/second"));
      body.release();

      Check.answered(owner, "owner go");
      Check.answered(worker.get("/ran"), "0");
    }
  }

  @Test
  @DisplayName("3.4 racing a foreign promise with an own timer lets the timer win")
  void staysSilentWhenAnOwnTimerWinsTheRace() {
    try (TestWorker worker =
        sharing(
            """
            const timeout = new Promise((done) => setTimeout(done, 2, 'timeout'));
            return new Response(await Promise.race([shared, timeout]));
            """)) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      Check.answered(worker.get("/second"), "timeout");
      Check.ok(worker.trace("/second"));
      body.release();

      Check.answered(owner, "owner go");
    }
  }

  /** The owner waits for a promise that only others settle; its body may keep it alive. */
  private static final String SETTLED_BY_OTHERS =
      """
      let settle, ran = 0;
      export default { async fetch(request, env, ctx) {
        const path = new URL(request.url).pathname;
        if (path === '/ran') return new Response(String(ran));
        if (path === '/settler') {
          settle('value');
          await null;
          return new Response('settled');
        }
        if (path === '/kept') ctx.waitUntil(request.text());
        const value = await new Promise((resolve) => settle = resolve);
        ran++;
        console.log('resumed with', value);
        return new Response(value);
      } };
      """;

  @Test
  @DisplayName("3.5 a promise settled by another: the owner resumes as itself, its answer is lost")
  void losesTheAnswerMadeInTheSettlersTurn() {
    try (TestWorker worker = TestWorker.of(SETTLED_BY_OTHERS).start()) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/kept"));
      Check.answered(worker.get("/settler"), "settled");
      Check.answered(worker.get("/ran"), "1");
      assertThat(owner.isOver()).isFalse();
      body.release();

      Check.ended(owner, worker.trace("/kept"), Texts.NEVER);
      assertThat(Check.logs(worker.trace("/kept"))).containsExactly("[\"resumed with\",\"value\"]");
      assertThat(Check.logs(worker.trace("/settler"))).isEmpty();
      Check.ok(worker.trace("/settler"));
    }
  }

  @Test
  @DisplayName("3.5 without anything that keeps it alive the owner is hung before help arrives")
  void endsAnOwnerThatWaitsForOthersAtOnce() {
    try (TestWorker worker = TestWorker.of(SETTLED_BY_OTHERS).start()) {
      Check.ended(worker.get("/owner"), worker.trace("/owner"), Texts.HANG_2022);

      Check.answered(worker.get("/settler"), "settled");
      Check.ok(worker.trace("/settler"));
      Check.answered(worker.get("/ran"), "0");
    }
  }

  @Test
  @DisplayName("3.1 following a promise whose owner has ended gives nothing to wait for either")
  void endsFollowersOfAPromiseWhoseOwnerEnded() {
    try (TestWorker worker =
        TestWorker.of(
                """
                let shared;
                export default { async fetch(request) {
                  if (request.url.endsWith('/owner')) {
                    shared = new Promise(() => {});
                    return new Response('left');
                  }
                  try { await shared; } catch { return new Response('caught'); }
                } };
                """)
            .start()) {
      Check.answered(worker.get("/owner"), "left");

      Check.ended(worker.get("/second"), worker.trace("/second"), Texts.HANG_2022);
    }
  }

  @Test
  @DisplayName("2.12 requests that wait for each other are hung")
  void endsACycle() {
    try (TestWorker worker =
        TestWorker.of(
                """
                let first, second;
                export default { async fetch(request) {
                  if (request.body === null) {
                    second = (async () => { await first; })();
                    await second;
                  } else {
                    first = (async () => { await request.text(); await second; })();
                    await first;
                  }
                } };
                """)
            .start()) {
      HeldBody body = new HeldBody();
      TestClient first = worker.send(body.to("/first"));
      Check.ended(worker.get("/second"), worker.trace("/second"), Texts.HANG_2022);
      body.release();

      Check.ended(first, worker.trace("/first"), Texts.HANG_2022);
    }
  }

  @Test
  @DisplayName("4.9 a pending promise made at start-up: hung at once, readable once resolved")
  void endsARequestThatWaitsForAStartUpPromise() {
    try (TestWorker worker = TestWorker.of(StartUpPromise.SCRIPT).start()) {
      StartUpPromise.check(worker, Texts.HANG_2022);
    }
  }
}
