package dev.whence.explain;

import dev.whence.explain.Evidence.Purpose;
import dev.whence.explain.Evidence.Relation;
import dev.whence.explain.Owner.State;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells what kind of hang the evidence shows, and words it.
 *
 * <p>Thread: any (stateless).
 */
public final class Explainer {
  private Explainer() {}

  /** The cause that the evidence shows. */
  public static Cause explain(Evidence evidence) {
    CauseKind kind = kind(evidence);
    return new Cause(
        kind,
        evidence.request(),
        evidence.risk(),
        Summaries.of(kind, evidence),
        evidence.awaited(),
        evidence.created(),
        evidence.owner(),
        evidence.chain(),
        evidence.store(),
        evidence.holder(),
        evidence.settler(),
        evidence.cycle(),
        evidence.root(),
        Fixes.of(kind, evidence),
        note(evidence),
        evidence.code());
  }

  /**
   * The cause of a hang, when the promise was settled after all, too late for anybody to hear it.
   *
   * @param settler who settled it
   */
  public static Cause amend(Cause cause, Settler settler) {
    Owner owner = cause.owner();
    String whose = owner == null ? "its own" : owner.request() + "'s";
    return new Cause(
        CauseKind.SETTLEMENT_DROPPED,
        cause.request(),
        false,
        cause.request()
            + " waited for a promise of "
            + whose
            + ". "
            + settler.request()
            + " settled it "
            + settler.afterMillis()
            + " ms after "
            + (owner == null ? cause.request() : owner.request())
            + " had ended, so nobody heard of it.",
        cause.awaited(),
        cause.created(),
        owner,
        cause.chain(),
        cause.store(),
        cause.holder(),
        settler,
        cause.cycle(),
        cause.root(),
        Fixes.SETTLE_IN_TIME,
        cause.note(),
        cause.code());
  }

  /** Top-level code did what needs a request (7.1). */
  public static Cause globalScope(CallStack used, @Nullable Code code) {
    String where = used.firstOfAuthor().or(used::top).map(Site::position).orElse("Top-level code");
    return new Cause(
        CauseKind.GLOBAL_SCOPE_IO,
        "start-up",
        false,
        where
            + " starts a timer or a fetch, or asks for random values, while no request is being"
            + " handled.",
        used,
        CallStack.UNKNOWN,
        null,
        List.of(),
        null,
        null,
        null,
        List.of(),
        null,
        Fixes.INTO_A_HANDLER,
        null,
        code);
  }

  private static CauseKind kind(Evidence evidence) {
    if (evidence.objectType() != null) {
      return CauseKind.CROSS_REQUEST_IO;
    }
    if (!evidence.cycle().isEmpty()) {
      return CauseKind.DEADLOCK;
    }
    if (evidence.purpose() == Purpose.BACKGROUND) {
      return CauseKind.BACKGROUND;
    }
    return switch (evidence.relation()) {
      case FOREIGN -> foreign(evidence);
      case START_UP -> CauseKind.STARTUP_PROMISE;
      case STREAM -> CauseKind.STREAM_STALLED;
      case OWN, UNKNOWN ->
          evidence.purpose() == Purpose.BODY ? CauseKind.STREAM_STALLED : CauseKind.NEVER_SETTLES;
    };
  }

  private static CauseKind foreign(Evidence evidence) {
    if (evidence.settler() != null) {
      return CauseKind.SETTLEMENT_DROPPED;
    }
    if (evidence.root() != null) {
      return CauseKind.OWNER_HUNG;
    }
    Owner owner = Objects.requireNonNull(evidence.owner(), "a foreign promise has an owner");
    return owner.state() == State.ENDED ? CauseKind.OWNER_ENDED : CauseKind.AWAITS_OTHER_REQUEST;
  }

  private static @Nullable String note(Evidence evidence) {
    if (evidence.sites()
        && !evidence.risk()
        && evidence.relation() == Relation.FOREIGN
        && evidence.purpose() == Purpose.ANSWER
        && !evidence.awaited().isKnown()) {
      return "The handler returned that promise itself: there is no await to point at.";
    }
    if (evidence.sites() || evidence.created().isKnown() || evidence.objectType() != null) {
      return null;
    }
    return evidence.relation() == Relation.OWN || evidence.relation() == Relation.UNKNOWN
        ? "Where promises are made and awaited was not recorded; --provenance sites does (and for a"
            + " minute from now it is)."
        : "Where the promise was made was not recorded; --provenance sites does (and for a minute"
            + " from now it is).";
  }
}
