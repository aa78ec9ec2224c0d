package dev.whence.explain;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One cause of each kind, as workers bring them about. */
final class Causes {
  static final String SOURCE =
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

      // Made once, for all requests.

      function sleep(millis) {
        return new Promise((resolve) => {
          setTimeout(resolve, millis);
        });
      }
      """;

  static final CallStack AWAITED =
      new CallStack(List.of(at(11, 3, "handleRequest"), at(5, 12, "fetch")));
  static final CallStack CREATED =
      new CallStack(List.of(at(18, 10, "sleep"), at(10, 15, "handleRequest"), at(5, 12, "fetch")));
  static final CallStack IN_LIBRARY =
      new CallStack(
          List.of(
              new Site("node_modules/jose/dist/jwks/remote.js", 88, 13, "reload", true),
              new Site("node_modules/jose/dist/jwks/remote.js", 61, 18, "getKey", true),
              new Site("src/auth.ts", 12, 24, "authenticate", false)));
  static final Owner WAITING =
      new Owner(
          "r1",
          "GET",
          "/a",
          Owner.State.WAITING,
          List.of(new Work("setTimeout 20000 ms", at(19, 5, null))),
          null);
  static final Owner ENDED =
      new Owner(
          "r1",
          "GET",
          "/login?next=%2F",
          Owner.State.ENDED,
          List.of(
              new Work(
                  "fetch GET https://id.example.com/jwks.json",
                  new Site("src/auth.ts", 30, 9, "load", false))),
          new Owner.End("the client left", 40));
  static final Owner START_UP =
      new Owner("start-up", null, null, Owner.State.START_UP, List.of(), null);
  static final Code CODE = new Code(at(11, 3, "handleRequest"), SOURCE);

  private Causes() {}

  static Site at(int line, int column, @org.jspecify.annotations.Nullable String function) {
    return new Site("worker.js", line, column, function, false);
  }

  static Cause of(CauseKind kind) {
    return switch (kind) {
      case AWAITS_OTHER_REQUEST ->
          new Sample(kind, "r2 waits for a promise that r1 created; only r1 can settle it.")
              .stacks(AWAITED, CREATED)
              .owner(WAITING)
              .store("module variable `blocker` of worker.js")
              .fix("await per request, or keep the settled value instead of the promise")
              .code(CODE)
              .cause();
      case OWNER_ENDED ->
          new Sample(
                  kind,
                  "r2 waits for a promise that r1 created, and r1 has ended: the client left.")
              .stacks(IN_LIBRARY, IN_LIBRARY)
              .owner(ENDED)
              .chain(
                  List.of(
                      new Hop("awaits", new Site("src/worker.ts", 9, 17, "fetch", false)),
                      new Hop("awaits", new Site("src/auth.ts", 12, 24, "authenticate", false))))
              .store("property `_pendingFetch` of a RemoteJWKSet held in module variable `jwks`")
              .fix("hand the shared work to `waitUntil` of the request that starts it")
              .cause();
      case SETTLEMENT_DROPPED ->
          new Sample(
                  kind,
                  "r2 waited for its own promise; r3 called its resolver 40 ms after r2 had ended.")
              .stacks(AWAITED, CREATED)
              .holder("array `waiters` in module variable `mutex` of worker.js")
              .settler(new Settler("r3", new CallStack(List.of(at(19, 5, "release"))), 40))
              .fix("resolve it from the same request, or answer when a timer of r2 fires")
              .cause();
      case DEADLOCK ->
          new Sample(kind, "r1 and r2 wait for each other's promises.")
              .stacks(AWAITED, CREATED)
              .owner(new Owner("r1", "POST", "/pair", Owner.State.WAITING, List.of(), null))
              .cycle(List.of("r1", "r2"))
              .fix("let one of the two answer without waiting for the other")
              .code(CODE)
              .cause();
      case OWNER_HUNG ->
          new Sample(kind, "r3 waits for a promise of r1, which hangs itself.")
              .stacks(AWAITED, CREATED)
              .owner(
                  new Owner(
                      "r1", "GET", "/a", Owner.State.ENDED, List.of(), new Owner.End("it hung", 0)))
              .root(
                  new Root(
                      "r1",
                      CauseKind.NEVER_SETTLES,
                      "r1 waits for a promise of its own that nothing settles."))
              .fix("repair r1 first: r3 follows from it")
              .cause();
      case STARTUP_PROMISE ->
          new Sample(
                  kind,
                  "r1 waits for a promise that the worker's top-level code made; nothing settles it.")
              .stacks(AWAITED, CREATED)
              .owner(START_UP)
              .store("module variable `ready` of worker.js")
              .fix("make the promise in the first request that needs it")
              .code(CODE)
              .cause();
      case NEVER_SETTLES ->
          new Sample(
                  kind, "r1 waits for a promise of its own that no code and no event can settle.")
              .stacks(AWAITED, CREATED)
              .fix("call its resolver on every path, or answer when a timer fires")
              .code(CODE)
              .cause();
      case STREAM_STALLED ->
          new Sample(kind, "r1 reads a stream that nobody writes.")
              .stacks(AWAITED, CREATED)
              .store("`body` of the Response that r1 answered with")
              .fix("close the writer of the TransformStream")
              .cause();
      case BACKGROUND ->
          new Sample(kind, "r1 gave waitUntil a promise that no code and no event can settle.")
              .stacks(AWAITED, CREATED)
              .fix("settle it, or give waitUntil only work that ends")
              .code(CODE)
              .cause();
      case CROSS_REQUEST_IO ->
          new Sample(kind, "r2 used a ReadableStream that r1 created.")
              .stacks(AWAITED, CREATED)
              .owner(ENDED)
              .store("entry of Map `inflight` under key \"/cart\"")
              .fix("read the body once and keep its text")
              .code(CODE)
              .cause();
      case GLOBAL_SCOPE_IO ->
          new Sample(kind, "fetch was called in global scope, where there is no request.")
              .stacks(new CallStack(List.of(at(1, 15, null))), CallStack.UNKNOWN)
              .fix("call it from a handler")
              .code(new Code(at(1, 5, null), SOURCE))
              .cause();
    };
  }

  static Cause risk() {
    return new Sample(
            CauseKind.AWAITS_OTHER_REQUEST, "r2 reached a pending promise that r1 created.")
        .risk()
        .stacks(AWAITED, CREATED)
        .owner(WAITING)
        .store("module variable `blocker` of worker.js")
        .fix("keep the settled value instead of the promise")
        .note("Said once per place.")
        .cause();
  }

  /** Everything that a card can say, each at a length that hurts, in names chosen by an enemy. */
  static Cause hostile() {
    String evil =
        "<script>alert('1')</script>&\"\u001b[2J\u202e\u0085\n{{message}}" + "x".repeat(300);
    Site site = new Site("src/" + evil + "/worker.js", 123456, 98765, evil, true);
    Site own = new Site(evil, 1, 1, evil, false);
    CallStack stack = new CallStack(many(40, site, own));
    return new Sample(CauseKind.AWAITS_OTHER_REQUEST, "r2 waits. ".repeat(60) + evil)
        .stacks(stack, stack)
        .owner(
            new Owner(
                evil,
                evil,
                "/" + evil,
                Owner.State.ENDED,
                IntStream.range(0, 30).mapToObj(i -> new Work(evil, site)).toList(),
                new Owner.End(evil, 123_456_789)))
        .chain(
            IntStream.range(0, 30).mapToObj(i -> new Hop(evil, i % 2 == 0 ? site : own)).toList())
        .store(evil)
        .holder(evil)
        .settler(new Settler(evil, stack, 1))
        .cycle(IntStream.range(0, 50).mapToObj(i -> "r" + i + evil).toList())
        .root(new Root(evil, CauseKind.DEADLOCK, evil + " waits".repeat(60)))
        .fix("change `" + evil + "` " + "and this ".repeat(60))
        .note("note ".repeat(80) + evil)
        .code(
            new Code(new Site(evil, 4, 20, evil, false), (evil.replace("\n", "") + "\n").repeat(9)))
        .cause();
  }

  private static List<Site> many(int count, Site site, Site last) {
    return IntStream.rangeClosed(0, count)
        .mapToObj(i -> i == count ? last : site)
        .collect(Collectors.toList());
  }

  static String fileName(CauseKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
