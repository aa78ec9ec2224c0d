package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.testkit.TestWorker;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Timers and clocks: workers-semantics.md, section 8. */
class TimersTest {
  private static TestWorker.Builder handling(String statements) {
    return TestWorker.of(
            """
            import { AsyncLocalStorage } from 'node:async_hooks';
            export default { async fetch(request, env, ctx) {
              const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
              const order = [];
              const note = (name) => () => order.push(name);
              %s
              return new Response(order.join());
            } };
            """
                .formatted(statements))
        .date("2025-01-01")
        .flag("nodejs_compat");
  }

  private static void check(String statements, String expected) {
    try (TestWorker worker = handling(statements).start()) {
      Check.answered(worker.get("/"), expected);
      Check.ok(worker.trace("/"));
    }
  }

  @Test
  @DisplayName("8.1 no number and what is not above 0 is 0; fractions are cut off")
  void readsDelays() {
    check(
        """
        setTimeout(note('2'), 2);
        setTimeout(note('1.9'), 1.9);
        setTimeout(note('1'), 1);
        setTimeout(note('NaN'), NaN);
        setTimeout(note('-5'), -5);
        setTimeout(note('none'));
        setTimeout(note('text'), 'x');
        setTimeout(note('0.9'), 0.9);
        await sleep(3);
        """,
        "NaN,-5,none,text,0.9,1.9,1,2");
  }

  @Test
  @DisplayName("8.1 the longest delay is 100 years")
  void acceptsEndlessDelays() {
    check(
        """
        const ids = [setTimeout(note('never'), Infinity), setTimeout(note('never'), 1e300)];
        await sleep(1);
        ids.forEach(clearTimeout);
        """,
        "");
  }

  @Test
  @DisplayName("8.2 the first argument must be a function")
  void refusesWhatIsNoFunction() {
    check(
        """
        for (const start of [setTimeout, setInterval]) {
          for (const given of ['order.push(1)', undefined, {}]) {
            try { start(given, 0); } catch (error) { order.push(`${error.name}: ${error.message}`); }
          }
        }
        const of = (name) => `TypeError: Failed to execute '${name}' on 'ServiceWorkerGlobalScope':`
          + " parameter 1 is not of type 'function'.";
        const expected = ['setTimeout', 'setInterval'].flatMap((name) => Array(3).fill(of(name)));
        return new Response(String(order.join() === expected.join()) + ' ' + order[0]);
        """,
        "true TypeError: Failed to execute 'setTimeout' on 'ServiceWorkerGlobalScope': parameter 1"
            + " is not of type 'function'.");
  }

  @Test
  @DisplayName("8.2 further arguments are passed on; `this` is the global object")
  void passesArguments() {
    check(
        """
        await new Promise((done) => setTimeout(function (...given) {
          order.push(...given, this === globalThis);
          done();
        }, 0, 'a', 'b'));
        """,
        "a,b,true");
  }

  @Test
  @DisplayName("8.3 at most 10000 active timers")
  void boundsTheNumberOfTimers() {
    check(
        """
        const ids = [];
        for (let i = 0; i < 10000; i++) ids.push(setTimeout(() => {}, 100000));
        try { setTimeout(() => {}, 0); } catch (error) {
          order.push(error instanceof DOMException, error.name, error.message);
        }
        clearTimeout(ids[0]);
        ids.push(setTimeout(() => {}, 100000));
        ids.forEach(clearTimeout);
        """,
        "true,QuotaExceededError,You have exceeded the number of active timeouts you may set. max"
            + " active timeouts: 10000, current active timeouts: 10000, finished timeouts: 0");
  }

  @Test
  @DisplayName("8.4 ids are positive and increase over the isolate's life")
  void givesIncreasingIds() {
    String statements = "order.push(setTimeout(() => {}, 0), setInterval(() => {}, 9));";
    try (TestWorker worker = handling(statements).start()) {
      int last = 0;
      for (String path : new String[] {"/1", "/2"}) {
        for (String id : worker.get(path).answer().text().split(",", -1)) {
          assertThat(Integer.parseInt(id)).isGreaterThan(last);
          last = Integer.parseInt(id);
        }
      }
    }
  }

  @Test
  @DisplayName("8.4 clearing what is no timer does nothing")
  void ignoresUnknownIds() {
    check(
        """
        for (const id of [undefined, null, 'junk', {}, NaN, -1, 0, 1e9, 123456]) {
          clearTimeout(id);
          clearInterval(id);
        }
        setTimeout(note('fired'), 0);
        await sleep(1);
        """,
        "fired");
  }

  @Test
  @DisplayName("8.5 by due time, then by creation; each in a turn with its own microtasks")
  void firesInOrder() {
    check(
        """
        setTimeout(note('late'), 2);
        setTimeout(() => { order.push('a'); Promise.resolve().then(note('a microtask')); }, 1);
        setTimeout(note('b'), 1);
        setTimeout(note('first'), 0);
        await sleep(3);
        """,
        "first,a,a microtask,b,late");
  }

  @Test
  @DisplayName("8.6 an interval goes on after it threw, and can be cleared inside its callback")
  void repeatsAnInterval() {
    try (TestWorker worker =
        handling(
                """
                await new Promise((done) => {
                  const id = setInterval(() => {
                    order.push('tick');
                    if (order.length < 3) throw new Error('in the interval');
                    clearInterval(id);
                    setTimeout(done, 5);
                  }, 1);
                });
                """)
            .start()) {
      Check.answered(worker.get("/"), "tick,tick,tick");

      assertThat(Check.exceptions(worker.trace("/")))
          .containsExactly("Error: in the interval", "Error: in the interval");
    }
  }

  @Test
  @DisplayName("8.7 a callback that throws is logged and fails nothing")
  void logsWhatACallbackThrows() {
    try (TestWorker worker =
        handling("setTimeout(() => { throw new TypeError('in the timer'); }, 0); await sleep(1);")
            .start()) {
      Check.answered(worker.get("/"), "");

      assertThat(worker.trace("/").outcome().wireName()).isEqualTo("ok");
      assertThat(Check.exceptions(worker.trace("/"))).containsExactly("TypeError: in the timer");
    }
  }

  @Test
  @DisplayName("8.8 the AsyncLocalStorage frame of the call is restored in the callback")
  void restoresTheFrame() {
    check(
        """
        const storage = new AsyncLocalStorage();
        storage.run('inner', () => setTimeout(() => order.push(storage.getStore()), 0));
        setTimeout(() => order.push(storage.getStore()), 0);
        await sleep(1);
        """,
        "inner,");
  }

  @Test
  @DisplayName("8.10 the clock stands still while JavaScript runs")
  void freezesTheClock() {
    check(
        """
        const before = Date.now();
        for (let i = 0; i < 3e6; i++) Math.sqrt(i);
        await null;
        order.push(Date.now() - before, performance.timeOrigin,
          performance.now() === Date.now(), new Date().getTime() === Date.now());
        """,
        "0,0,true,true");
  }

  @Test
  @DisplayName("8.10 a timer's callback sees its due time")
  void showsTheDueTimeInACallback() {
    check(
        """
        const start = Date.now();
        for (const delay of [3, 1, 2, 0]) setTimeout(() => order.push(Date.now() - start), delay);
        await sleep(4);
        order.push(Date.now() - start);
        """,
        "0,1,2,3,4");
  }

  @Test
  @DisplayName("1.7 a timer does not keep its request alive after the answer")
  void dropsTimersAfterTheAnswer() {
    try (TestWorker worker =
        TestWorker.of(
                """
                let ran = 0;
                export default { async fetch(request, env, ctx) {
                  if (request.url.endsWith('/ran')) {
                    await scheduler.wait(5);
                    return new Response(String(ran));
                  }
                  setTimeout(() => ran++, 1);
                  if (request.url.endsWith('/kept')) ctx.waitUntil(scheduler.wait(2));
                  return new Response('left');
                } };
                """)
            .start()) {
      Check.answered(worker.get("/dropped"), "left");
      Check.ok(worker.trace("/dropped"));
      Check.answered(worker.get("/ran"), "0");

      // 1.8: waitUntil keeps all timers running, not only those it depends on.
      Check.answered(worker.get("/kept"), "left");
      Check.ok(worker.trace("/kept"));
      Check.answered(worker.get("/ran"), "1");
    }
  }
}
