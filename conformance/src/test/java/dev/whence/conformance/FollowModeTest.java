package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promise tagging and following: workers-semantics.md, section 4, with the flag of section 5 (date
 * 2025) and without (date 2024-01-01).
 *
 * <p>A request to {@code /owner} makes the shared promise and settles it when its body arrives.
 */
class FollowModeTest {
  private static final String WITHOUT_FLAG = "2024-01-01";
  private static final String WITH_FLAG = "2025-01-01";

  /** {@code statements} are those of all other requests; {@code shared} is the owner's promise. */
  private static TestWorker sharing(String date, String statements) {
    return TestWorker.of(
            """
            let shared, ran = 0;
            export default { async fetch(request, env, ctx) {
              const path = new URL(request.url).pathname;
              if (path === '/ran') return new Response(String(ran));
              if (path === '/owner') {
                shared = request.text();
                return new Response('owner ' + await shared);
              }
              if (path === '/rejecting') {
                shared = request.text().then((text) => { throw new TypeError(text); });
                return new Response('owner ' + await shared.catch((error) => error.message));
              }
              %s
            } };
            """
                .formatted(statements))
        .date(date)
        .start();
  }

  @ParameterizedTest
  @ValueSource(strings = {WITHOUT_FLAG, WITH_FLAG})
  @DisplayName("4.3, 4.6 followers wait for the owner and resume as themselves")
  void followersAnswerWhenTheOwnerSettles(String date) {
    try (TestWorker worker =
        sharing(
            date,
            "console.log('before'); const text = await shared; console.log('after');"
                + " return new Response('followed ' + text);")) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      TestClient second = worker.get("/second");
      TestClient third = worker.get("/third");
      Check.answered(worker.get("/ran"), "0");
      assertThat(List.of(owner.isOver(), second.isOver(), third.isOver())).containsOnly(false);
      body.release();

      Check.answered(owner, "owner go");
      Check.answered(second, "followed go");
      Check.answered(third, "followed go");
      for (String path : List.of("/second", "/third")) {
        Check.ok(worker.trace(path));
        assertThat(Check.logs(worker.trace(path))).containsExactly("[\"before\"]", "[\"after\"]");
      }
      Check.ok(worker.trace("/owner"));
      assertThat(Check.logs(worker.trace("/owner"))).isEmpty();
    }
  }

  private static final List<String> WAYS_TO_FOLLOW =
      List.of(
          "return new Response(await shared);",
          "return shared.then((text) => new Response(text));",
          "return new Response((await Promise.all([shared]))[0]);",
          "return new Response(await Promise.race([shared, new Promise(() => {})]));",
          "return new Response(await Promise.any([shared]));",
          "return new Response((await Promise.allSettled([shared]))[0].value);",
          "return new Response(await (async () => shared)());",
          "return new Response(await new Promise((resolve) => resolve(shared)));",
          "return new Response(await Promise.resolve(shared));",
          "return new Response(await shared.catch(() => {}));",
          "return new Response(await shared.finally(() => {}));",
          "for await (const text of [shared]) return new Response(text);",
          "for await (const text of (async function* () { yield shared; })())"
              + " return new Response(text);",
          "return new Response(await { then: (done) => shared.then(done) });");

  @ParameterizedTest
  @ValueSource(strings = {WITHOUT_FLAG, WITH_FLAG})
  @DisplayName("4.2 every way to follow a promise waits for it")
  void waitsHoweverItFollows(String date) {
    try (TestWorker worker = sharing(date, Check.oneOf(WAYS_TO_FOLLOW))) {
      for (int i = 0; i < WAYS_TO_FOLLOW.size(); i++) {
        String path = "/" + i;
        String ownersPath = "/owner?" + i;
        Check.describing(
            WAYS_TO_FOLLOW.get(i),
            () -> {
              HeldBody body = new HeldBody();
              TestClient owner = worker.send(body.to(ownersPath));
              TestClient follower = worker.get(path);
              body.release();

              Check.answered(follower, "go");
              Check.answered(owner, "owner go");
              Check.ok(worker.trace(path));
            });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITHOUT_FLAG, WITH_FLAG})
  @DisplayName("4.6 rejections are followed as well")
  void followersSeeTheRejection(String date) {
    try (TestWorker worker =
        sharing(
            date,
            "try { await shared; } catch (error) {"
                + " return new Response(`${error instanceof TypeError} ${error.message}`); }")) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/rejecting"));
      TestClient second = worker.get("/second");
      body.release();

      Check.answered(owner, "owner go");
      Check.answered(second, "true go");
      Check.ok(worker.trace("/second"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITHOUT_FLAG, WITH_FLAG})
  @DisplayName("4.6 memo ??= fetchOnce() serves all who ask while it is under way")
  void sharesOneFetch(String date) {
    try (TestWorker worker =
        TestWorker.of(
                """
                let memo;
                const load = async () => (await fetch('http://up.test/delay/2')).text();
                export default { async fetch(request) {
                  memo ??= load();
                  return new Response(await memo);
                } };
                """)
            .date(date)
            .start()) {
      List<TestClient> clients =
          List.of(worker.get("/1"), worker.get("/2"), worker.get("/3"), worker.get("/4"));

      clients.forEach(client -> Check.answered(client, "GET /delay/2 "));
      worker.traces(4).forEach(Check::ok);
      assertThat(worker.upstream().requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITHOUT_FLAG, WITH_FLAG})
  @DisplayName("4.4 a reaction on a foreign promise is dropped when its request answers")
  void dropsTheReactionOfARequestThatAnswered(String date) {
    try (TestWorker worker =
        sharing(
            date,
            "shared.then(() => { ran++; console.log('ran'); }); return new Response('left');")) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      Check.answered(worker.get("/second"), "left");
      Check.ok(worker.trace("/second"));
      body.release();

      Check.answered(owner, "owner go");
      assertThat(Check.logs(worker.trace("/owner"))).isEmpty();
      Check.answered(worker.get("/ran"), "0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITHOUT_FLAG, WITH_FLAG})
  @DisplayName("4.4 a reaction kept by waitUntil runs although its request answered")
  void keepsTheReactionThatBackgroundWorkWaitsFor(String date) {
    try (TestWorker worker =
        sharing(
            date,
            "ctx.waitUntil(shared.then(() => { ran++; console.log('ran'); }));"
                + " return new Response('left');")) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      Check.answered(worker.get("/second"), "left");
      body.release();

      Check.answered(owner, "owner go");
      Check.ok(worker.trace("/second"));
      assertThat(Check.logs(worker.trace("/second"))).containsExactly("[\"ran\"]");
      Check.answered(worker.get("/ran"), "1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITHOUT_FLAG, WITH_FLAG})
  @DisplayName("4.5 the value is passed by reference; a bound object in it stays bound")
  void passesTheValueByReference(String date) {
    try (TestWorker worker =
        TestWorker.of(
                """
                const plain = { name: 'plain' };
                let shared;
                export default { async fetch(request) {
                  if (request.url.endsWith('/owner')) {
                    shared = request.text().then(async () =>
                      ({ plain, response: await fetch('http://up.test/echo') }));
                    await shared;
                    await scheduler.wait(1);
                    return new Response('owner');
                  }
                  const value = await shared;
                  const used = await value.response.text().catch((error) => error.message);
                  return new Response(`${value.plain === plain} ${value.response.status} ${used}`);
                } };
                """)
            .date(date)
            .start()) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      TestClient second = worker.get("/second");
      body.release();

      Check.answered(owner, "owner");
      Check.answered(second, "true 200 " + Texts.crossRequest("ReadableStreamSource>"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITHOUT_FLAG, WITH_FLAG})
  @DisplayName("4.8 a generator made by one request runs for whoever pulls it")
  void runsAGeneratorForWhoeverPullsIt(String date) {
    try (TestWorker worker =
        TestWorker.of(
                """
                let generator;
                async function* parts() {
                  console.log('pulled');
                  yield (await fetch('http://up.test/delay/1')).text();
                }
                export default { async fetch(request) {
                  if (request.url.endsWith('/maker')) {
                    generator = parts();
                    return new Response('made');
                  }
                  return new Response((await generator.next()).value);
                } };
                """)
            .date(date)
            .start()) {
      Check.answered(worker.get("/maker"), "made");
      worker.trace("/maker");
      Check.answered(worker.get("/puller"), "GET /delay/1 ");

      Check.ok(worker.trace("/puller"));
      assertThat(Check.logs(worker.trace("/puller"))).containsExactly("[\"pulled\"]");
      assertThat(Check.logs(worker.trace("/maker"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITHOUT_FLAG, WITH_FLAG})
  @DisplayName("4.9 a pending promise made at start-up: hung at once, readable once resolved")
  void endsARequestThatWaitsForAStartUpPromise(String date) {
    try (TestWorker worker = TestWorker.of(StartUpPromise.SCRIPT).date(date).start()) {
      StartUpPromise.check(worker, Texts.HANG);
    }
  }

  /** The owner waits for a promise that another request settles; its body keeps it alive. */
  private static final String SETTLED_BY_OTHERS =
      """
      let settle, ran = 0;
      export default { async fetch(request, env, ctx) {
        const path = new URL(request.url).pathname;
        if (path === '/ran') return new Response(String(ran));
        if (path === '/settler') {
          settle('value');
          return new Response('settled');
        }
        ctx.waitUntil(request.text());
        const value = await new Promise((resolve) => settle = resolve);
        ran++;
        console.log(value);
        return new Response(value);
      } };
      """;

  @Test
  @DisplayName("4.10 without the flag the owner resumes in the settler's turn: its answer is NEVER")
  void losesTheAnswerMadeInTheSettlersTurn() {
    try (TestWorker worker = TestWorker.of(SETTLED_BY_OTHERS).date(WITHOUT_FLAG).start()) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      Check.answered(worker.get("/settler"), "settled");
      Check.answered(worker.get("/ran"), "1");
      assertThat(owner.isOver()).isFalse();
      body.release();

      Check.ended(owner, worker.trace("/owner"), Texts.NEVER);
      assertThat(Check.logs(worker.trace("/owner"))).containsExactly("[\"value\"]");
      assertThat(Check.logs(worker.trace("/settler"))).isEmpty();
      Check.ok(worker.trace("/settler"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITHOUT_FLAG, WITH_FLAG})
  @DisplayName("3.6 settled promises are free to share, their owners gone")
  void sharesSettledPromises(String date) {
    try (TestWorker worker = sharing(date, "return new Response(await shared);")) {
      HeldBody body = new HeldBody();
      body.release();
      Check.answered(worker.send(body.to("/owner")), "owner go");
      worker.trace("/owner");

      Check.answered(worker.get("/second"), "go");
      Check.ok(worker.trace("/second"));
    }
  }
}
