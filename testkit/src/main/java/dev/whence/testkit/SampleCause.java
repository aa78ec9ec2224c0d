package dev.whence.testkit;

import dev.whence.explain.CallStack;
import dev.whence.explain.Cause;
import dev.whence.explain.CauseKind;
import dev.whence.explain.Code;
import dev.whence.explain.Owner;
import dev.whence.explain.Site;
import dev.whence.explain.Work;
import java.util.List;

/**
 * The cause that everybody knows: r2 awaits a promise that r1 made and keeps in a module variable.
 *
 * <p>Thread: any (stateless).
 */
public final class SampleCause {
  private static final String SOURCE =
      """
      let blocker;

      export default {
        fetch(request) {
          return handleRequest(new URL(request.url).pathname);
        },
      };

      async function handleRequest(path) {
        blocker ??= sleep(20_000);
        await blocker;
        return new Response(path);
      }

      function sleep(millis) {
        return new Promise((resolve) => setTimeout(resolve, millis));
      }
      """;

  private SampleCause() {}

  /** Of r2, which hung. */
  public static Cause hang() {
    return cause(false);
  }

  /** The same, found before anything hung. */
  public static Cause risk() {
    return cause(true);
  }

  /** Of a worker that did not start. */
  public static Cause globalScope() {
    Site called = new Site("worker.js", 10, 15, null, false);
    return new Cause(
        CauseKind.GLOBAL_SCOPE_IO,
        "start-up",
        false,
        "fetch was called in global scope, where there is no request.",
        new CallStack(List.of(called)),
        CallStack.UNKNOWN,
        null,
        List.of(),
        null,
        null,
        null,
        List.of(),
        null,
        "call it from a handler",
        null,
        new Code(called, SOURCE));
  }

  private static Cause cause(boolean risk) {
    Site awaited = new Site("worker.js", 11, 3, "handleRequest", false);
    Site created = new Site("worker.js", 16, 10, "sleep", false);
    Work timer = new Work("setTimeout 20000 ms", new Site("worker.js", 16, 35, null, false));
    return new Cause(
        CauseKind.AWAITS_OTHER_REQUEST,
        "r2",
        risk,
        "r2 waits for a promise that r1 created; only r1 can settle it.",
        new CallStack(List.of(awaited)),
        new CallStack(List.of(created)),
        new Owner("r1", "GET", "/a", Owner.State.WAITING, List.of(timer), null),
        List.of(),
        "module variable `blocker` of worker.js",
        null,
        null,
        List.of(),
        null,
        "await per request, or keep the settled value instead of the promise",
        null,
        new Code(awaited, SOURCE));
  }
}
