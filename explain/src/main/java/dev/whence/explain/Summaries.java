package dev.whence.explain;

import dev.whence.explain.Evidence.Purpose;
import dev.whence.explain.Evidence.Relation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in a sentence or two, in the names that the worker's author knows.
 *
 * <p>Thread: any (stateless).
 */
final class Summaries {
  /** The object type of what is written to (6.2). */
  static final String WRITABLE = "Writable";

  private Summaries() {}

  static String of(CauseKind kind, Evidence evidence) {
    String request = evidence.request();
    String owner = ownerName(evidence.owner());
    if (evidence.risk() && kind == CauseKind.AWAITS_OTHER_REQUEST) {
      return request
          + " waits for a promise that "
          + owner
          + " created. If "
          + owner
          + " ends first, "
          + request
          + " gets no answer.";
    }
    return switch (kind) {
      case AWAITS_OTHER_REQUEST ->
          evidence.settledUnheard()
              ? request
                  + " waited for a promise that "
                  + owner
                  + " created. "
                  + owner
                  + " settled it in a turn of its own, where no code of "
                  + request
                  + " can run."
              : request
                  + " waits for a promise that "
                  + owner
                  + " created; only "
                  + owner
                  + " can settle it.";
      case OWNER_ENDED ->
          request
              + " waits for a promise that "
              + owner
              + " created, but "
              + owner
              + " ended before it was settled"
              + how(evidence.owner())
              + ".";
      case SETTLEMENT_DROPPED -> dropped(request, owner, evidence.settler());
      case DEADLOCK -> deadlock(request, evidence.cycle());
      case OWNER_HUNG -> ownerHung(request, owner, evidence.root());
      case STARTUP_PROMISE ->
          request
              + " waits for a promise that was made in global scope. It belongs to no request:"
              + " nothing that is under way can settle it.";
      case NEVER_SETTLES -> neverSettles(request, evidence);
      case STREAM_STALLED ->
          evidence.purpose() == Purpose.BODY
              ? "The answer of " + request + " is a stream that nobody writes to any more."
              : request + " waits for a stream whose other end nobody uses.";
      case BACKGROUND -> background(request, owner, evidence.relation());
      case CROSS_REQUEST_IO ->
          request
              + " used "
              + object(evidence.objectType())
              + " that belongs to "
              + owner
              + ". Such objects work only in the request that got them.";
      case GLOBAL_SCOPE_IO -> throw new IllegalArgumentException("worded by Explainer");
    };
  }

  private static String ownerName(@Nullable Owner owner) {
    return owner == null ? "another request" : owner.request();
  }

  private static String how(@Nullable Owner owner) {
    if (owner == null || owner.end() == null) {
      return "";
    }
    String how = owner.end().how();
    // It may end with a worker's own message.
    return ": " + (how.endsWith(".") ? how.substring(0, how.length() - 1) : how);
  }

  private static String dropped(String request, String owner, @Nullable Settler settler) {
    if (settler == null) {
      return request + " waits for a promise of " + owner + " that was settled too late.";
    }
    return request
        + " waits for a promise that "
        + owner
        + " created. "
        + settler.request()
        + " settled it "
        + settler.afterMillis()
        + " ms after "
        + owner
        + " had ended, so nobody heard of it.";
  }

  private static String deadlock(String request, List<String> cycle) {
    int from = Math.max(0, cycle.indexOf(request));
    StringBuilder round = new StringBuilder(request);
    for (int i = 1; i <= cycle.size(); i++) {
      round.append(" → ").append(cycle.get((from + i) % cycle.size()));
    }
    return cycle.size() == 1
        ? request + " waits for itself: " + round + "."
        : all(cycle) + " wait for each other: " + round + ".";
  }

  /** For example {@code r1, r2 and r3}. */
  private static String all(List<String> requests) {
    int last = requests.size() - 1;
    return String.join(", ", requests.subList(0, last)) + " and " + requests.get(last);
  }

  private static String ownerHung(String request, String owner, @Nullable Root root) {
    String tail = root == null ? "" : " " + root.summary();
    return request
        + " waits for a promise that "
        + owner
        + " created, and "
        + owner
        + " hung itself."
        + tail;
  }

  private static String neverSettles(String request, Evidence evidence) {
    if (evidence.relation() == Relation.UNKNOWN) {
      return request + " gave no answer, and nothing is left that could bring one.";
    }
    return evidence.holder() == null
        ? request + " waits for a promise of its own that no code and no event can settle any more."
        : request
            + " waits for a promise of its own that only another request's code can settle: its"
            + " resolver is kept for others to call.";
  }

  private static String background(String request, String owner, Relation relation) {
    String work = request + " has answered, but work it gave to waitUntil can never finish";
    return switch (relation) {
      case FOREIGN -> work + ": it waits for a promise that " + owner + " created.";
      case START_UP -> work + ": it waits for a promise that was made in global scope.";
      case STREAM -> work + ": it waits for a stream whose other end nobody uses.";
      case OWN, UNKNOWN -> work + ".";
    };
  }

  private static String object(@Nullable String type) {
    if (type == null) {
      return "an object";
    }
    return switch (type) {
      case "ReadableStreamSource>" -> "a body or stream";
      case WRITABLE -> "the writable end of a stream";
      default -> "an object (" + type + ")";
    };
  }
}
