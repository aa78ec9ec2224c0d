package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Outcome;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Waiting for a request that has ended or cannot go on, in mode {@code follow}:
 * workers-semantics.md, 2.12, 4.10, 5.6, 12.4.
 */
class GoneOwnerTest {
  private static final String WITHOUT_FLAG = "2024-01-01";
  private static final String WITH_FLAG = "2025-01-01";

  /**
   * The promise of {@code /answers}, {@code /hangs}, {@code /throws} and {@code /waits} is never
   * settled; the first three end when their body has come.
   */
  private static final String SCRIPT =
      """
      let shared, ran = 0;
      export default { async fetch(request) {
        const path = new URL(request.url).pathname;
        if (path === '/ran') return new Response(String(ran));
        if (request.body !== null) {
          const text = request.text();
          shared = new Promise(() => {});
          await text;
          if (path === '/throws') throw new Error('thrown');
          if (path === '/hangs') await new Promise(() => {});
          return new Response('left');
        }
        if (path.startsWith('/catching')) {
          try { await shared; } catch (error) {
            return new Response(`${error.name}: ${error.message}`);
          } finally { ran++; }
        }
        await shared;
        return new Response('followed');
      } };
      """;

  private static void checkUncaught(TestClient follower, TestWorker worker, String path) {
    Check.failed(follower, "Error: " + Texts.OWNER_GONE);
    assertThat(worker.trace(path).outcome()).isEqualTo(Outcome.EXCEPTION);
    assertThat(Check.exceptions(worker.trace(path))).containsExactly("Error: " + Texts.OWNER_GONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/answers", "/hangs", "/throws"})
  @DisplayName("5.6 the owner ends while others wait: they are rejected with OWNER-GONE")
  void rejectsWaitersWhenTheOwnerEnds(String path) {
    try (TestWorker worker = TestWorker.of(SCRIPT).date(WITH_FLAG).start()) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to(path));
      TestClient catching = worker.get("/catching");
      TestClient uncaught = worker.get("/uncaught");
      Check.answered(worker.get("/ran"), "0");
      assertThat(catching.isOver()).isFalse();
      body.release();
      owner.answer();

      Check.answered(catching, "Error: " + Texts.OWNER_GONE);
      Check.ok(worker.trace("/catching"));
      checkUncaught(uncaught, worker, "/uncaught");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/answers", "/hangs", "/throws"})
  @DisplayName("5.6 awaiting a promise whose owner has ended is rejected at once with OWNER-GONE")
  void rejectsThoseWhoComeLater(String path) {
    try (TestWorker worker = TestWorker.of(SCRIPT).date(WITH_FLAG).start()) {
      HeldBody body = new HeldBody();
      body.release();
      worker.send(body.to(path)).answer();
      worker.trace(path);

      Check.answered(worker.get("/catching"), "Error: " + Texts.OWNER_GONE);
      Check.ok(worker.trace("/catching"));
      checkUncaught(worker.get("/uncaught"), worker, "/uncaught");
    }
  }

  @Test
  @DisplayName("12.4 the owner's client leaves while others wait: OWNER-GONE at that moment")
  void rejectsWaitersWhenTheOwnersClientLeaves() {
    try (TestWorker worker = TestWorker.of(SCRIPT).date(WITH_FLAG).start()) {
      TestClient owner = worker.send(new HeldBody().to("/waits"));
      TestClient catching = worker.get("/catching");
      TestClient uncaught = worker.get("/uncaught");
      Check.answered(worker.get("/ran"), "0");
      owner.disconnect();

      Check.answered(catching, "Error: " + Texts.OWNER_GONE);
      checkUncaught(uncaught, worker, "/uncaught");
      Check.answered(worker.get("/catching-later"), "Error: " + Texts.OWNER_GONE);
      assertThat(worker.trace("/waits").outcome()).isEqualTo(Outcome.CANCELED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/answers", "/hangs", "/throws"})
  @DisplayName("2.12, 4.10 without the flag the anchor waits for ever; here it is a hang")
  void endsWaitersWithoutTheFlag(String path) {
    try (TestWorker worker = TestWorker.of(SCRIPT).date(WITHOUT_FLAG).start()) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to(path));
      TestClient waiting = worker.get("/catching");
      Check.answered(worker.get("/ran"), "0");
      assertThat(waiting.isOver()).isFalse();
      body.release();
      owner.answer();

      Check.ended(waiting, worker.trace("/catching"), Texts.HANG);
      Check.ended(worker.get("/later"), worker.trace("/later"), Texts.HANG);
      Check.answered(worker.get("/ran"), "0");
    }
  }

  @Test
  @DisplayName("2.12, 12.4 without the flag those who wait for a client that left are hung")
  void endsWaitersOfAClientThatLeftWithoutTheFlag() {
    try (TestWorker worker = TestWorker.of(SCRIPT).date(WITHOUT_FLAG).start()) {
      TestClient owner = worker.send(new HeldBody().to("/waits"));
      TestClient waiting = worker.get("/waiting");
      Check.answered(worker.get("/ran"), "0");
      owner.disconnect();

      Check.ended(waiting, worker.trace("/waiting"), Texts.HANG);
      Check.ended(worker.get("/later"), worker.trace("/later"), Texts.HANG);
    }
  }

  /** Each of N requests makes a promise, and waits for the next one's when its body has come. */
  private static final String CIRCLE =
      """
      const promises = [];
      export default { async fetch(request) {
        const [, me, next] = new URL(request.url).pathname.split('/');
        const text = request.text();
        promises[me] = (async () => { await text; return promises[next]; })();
        return new Response(await promises[me]);
      } };
      """;

  @ParameterizedTest
  @CsvSource({
    WITHOUT_FLAG + ",1",
    WITHOUT_FLAG + ",2",
    WITHOUT_FLAG + ",3",
    WITH_FLAG + ",1",
    WITH_FLAG + ",2",
    WITH_FLAG + ",3"
  })
  @DisplayName("2.12 requests that wait for each other in a circle are all hung")
  void endsACircleOfRequests(String date, int size) {
    try (TestWorker worker = TestWorker.of(CIRCLE).date(date).start()) {
      List<TestClient> clients = new ArrayList<>();
      List<HeldBody> bodies = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        HeldBody body = new HeldBody();
        bodies.add(body);
        clients.add(worker.send(body.to("/" + i + "/" + (i + 1) % size)));
      }
      bodies.forEach(HeldBody::release);

      for (int i = 0; i < size; i++) {
        String path = "/" + i + "/" + (i + 1) % size;
        if (size == 1) {
          // Its own promise adopts itself: a TypeError of the language, not a hang.
          Check.failed(clients.get(i), "TypeError: Chaining cycle detected for promise #<Promise>");
        } else {
          Check.ended(clients.get(i), worker.trace(path), Texts.HANG);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WITHOUT_FLAG, WITH_FLAG})
  @DisplayName("2.12 a circle is not hung as long as one of its requests has work")
  void staysSilentWhileACircleHasWork(String date) {
    try (TestWorker worker =
        TestWorker.of(
                """
                let first, second;
                export default { async fetch(request) {
                  if (request.body === null) {
                    second = (async () => await first)();
                    return new Response(await second);
                  }
                  const text = request.text();
                  first = new Promise((resolve) => text.then(() => setTimeout(resolve, 2, 'helped')));
                  await text;
                  return new Response(await second);
                } };
                """)
            .date(date)
            .start()) {
      HeldBody body = new HeldBody();
      TestClient first = worker.send(body.to("/first"));
      TestClient second = worker.get("/second");
      body.release();

      Check.answered(first, "helped");
      Check.answered(second, "helped");
      Check.ok(worker.trace("/first"));
      Check.ok(worker.trace("/second"));
    }
  }

  @Test
  @DisplayName("5.6 the owner settles in time: nobody is told that it is gone")
  void staysSilentWhenTheOwnerSettlesAndLeaves() {
    try (TestWorker worker =
        TestWorker.of(
                """
                let shared;
                export default { async fetch(request) {
                  if (request.body !== null) {
                    shared = request.text();
                    await shared;
                    return new Response('left');
                  }
                  return new Response(await shared);
                } };
                """)
            .date(WITH_FLAG)
            .start()) {
      HeldBody body = new HeldBody();
      TestClient owner = worker.send(body.to("/owner"));
      TestClient waiting = worker.get("/waiting");
      body.release();

      Check.answered(owner, "left");
      Check.answered(waiting, "go");
      Check.ok(worker.trace("/waiting"));
    }
  }
}
