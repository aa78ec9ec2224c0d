package dev.whence.explain;

import org.jspecify.annotations.Nullable;

/**
 * One thing to change for each kind of cause.
 *
 * <p>Thread: any (stateless).
 */
final class Fixes {
  static final String SETTLE_IN_TIME =
      "Settle the promise from the request that made it, or keep that request alive until then with"
          + " ctx.waitUntil().";
  static final String INTO_A_HANDLER =
      "Move it into a handler; what is to be shared can be made by the first request and kept as a"
          + " value.";

  private Fixes() {}

  static String of(CauseKind kind, Evidence evidence) {
    return switch (kind) {
      case AWAITS_OTHER_REQUEST -> keepValue(evidence.store());
      case OWNER_ENDED ->
          "Give the work to ctx.waitUntil() in the request that starts it, so that it goes on when"
              + " that request ends; or forget the promise then, and start anew.";
      case SETTLEMENT_DROPPED -> SETTLE_IN_TIME;
      case DEADLOCK ->
          "Let one of them go on without the other: await promises of the own request only, or take"
              + " shared things in the same order everywhere.";
      case OWNER_HUNG -> ownerHung(evidence.root());
      case STARTUP_PROMISE ->
          "Start the work in a handler and keep its settled value, or finish it in global scope with"
              + " a top-level await.";
      case NEVER_SETTLES ->
          evidence.holder() == null
              ? "Make sure that every path calls resolve or reject, or answer when a timer fires."
              : "Let no request wait in a queue that another one serves: do the work in each"
                  + " request, or look again with a timer of its own.";
      case STREAM_STALLED ->
          "Close or abort the writer on every path, and return the readable side before awaiting"
              + " writes to it; a pump can go to ctx.waitUntil().";
      case BACKGROUND ->
          evidence.relation() == Evidence.Relation.FOREIGN
              ? keepValue(evidence.store())
              : "Make sure that what is given to waitUntil settles on every path.";
      case CROSS_REQUEST_IO ->
          Summaries.WRITABLE.equals(evidence.objectType())
              ? "Write to it in the request that made it; what others have to say they can leave for"
                  + " it as plain values."
              : "Read it in the request that got it and share the text or bytes; give each request a"
                  + " new Response.";
      case GLOBAL_SCOPE_IO -> INTO_A_HANDLER;
    };
  }

  private static String keepValue(@Nullable String store) {
    return store == null
        ? "Await a promise made by this request, and share the settled value instead of the"
            + " promise."
        : "Keep the settled value there instead of the promise, or make the promise in each"
            + " request.";
  }

  private static String ownerHung(@Nullable Root root) {
    return root == null
        ? "Repair the hang of that request first."
        : "Repair the hang of "
            + root.request()
            + " ("
            + root.kind().wireName()
            + "): this one follows.";
  }
}
