package dev.whence.runtime;

import dev.whence.explain.CallStack;
import dev.whence.explain.Cause;
import dev.whence.explain.CauseKind;
import dev.whence.explain.Evidence;
import dev.whence.explain.Evidence.Purpose;
import dev.whence.explain.Evidence.Relation;
import dev.whence.explain.Explainer;
import dev.whence.explain.Owner;
import dev.whence.explain.Root;
import dev.whence.explain.Settler;
import dev.whence.explain.Site;
import dev.whence.explain.Work;
import dev.whence.loop.EventLoop;
import dev.whence.loop.Hang;
import dev.whence.loop.RequestContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the causes of an isolate's hangs: asks JavaScript what it knows, adds what the loop knows
 * of the requests, and has it put into words.
 *
 * <p>Thread: the isolate's.
 */
final class Causes {
  /** Asks explain/evidence.js; null when it failed. */
  @FunctionalInterface
  interface Oracle {
    @Nullable String ask(String question);
  }

  /** Tells whether JavaScript is on the stack: then nothing may be asked that could run more. */
  @FunctionalInterface
  interface Pause {
    boolean isMidTurn();
  }

  /** How long sites are recorded after a hang where only owners are otherwise. */
  private static final long SITES_AFTER_HANG_MILLIS = 60_000;

  /** Early warnings are given once for each place; more places than this are not told apart. */
  private static final int MOST_PLACES = 1_000;

  private final EventLoop loop;
  private final WorkerOptions options;
  private final SourceTexts texts;
  private final Oracle oracle;
  private final Pause pause;
  private final OwnerDescriptions owners;
  private final CauseBudget budget = new CauseBudget();
  private final Set<String> warnedPlaces = new LinkedHashSet<>();
  private final Map<Long, @Nullable Cause> ofCycle = new LinkedHashMap<>();
  private long sitesUntilMillis = Long.MIN_VALUE;

  Causes(EventLoop loop, WorkerOptions options, SourceTexts texts, Oracle oracle, Pause pause) {
    this.loop = loop;
    this.options = options;
    this.texts = texts;
    this.oracle = oracle;
    this.pause = pause;
    this.owners = new OwnerDescriptions(loop);
  }

  /** Whether places are to be recorded in the next turn. */
  boolean recordsSites() {
    return options.provenance() == Provenance.SITES || loop.millis() < sitesUntilMillis;
  }

  /** Why a request hangs; null when there are more hangs than can be explained. */
  @Nullable Cause ofHang(Hang hang) {
    boolean recorded = recordsSites();
    sitesUntilMillis = loop.millis() + SITES_AFTER_HANG_MILLIS;
    if (hang.cycle().isEmpty()) {
      return ofHang(hang, recorded);
    }
    long number = hang.request().id().number();
    if (!ofCycle.containsKey(number)) {
      // All of a cycle are explained before the first of them ends.
      ofCycle.clear();
      for (RequestContext member : hang.cycle()) {
        Hang other = new Hang(member, Hang.What.of(member), hang.cycle());
        ofCycle.put(member.id().number(), ofHang(other, recorded));
      }
    }
    return ofCycle.get(number);
  }

  private @Nullable Cause ofHang(Hang hang, boolean recorded) {
    RequestContext context = hang.request();
    CauseBudget.Level level = budget.take(loop.millis());
    if (level == CauseBudget.Level.NONE) {
      return null;
    }
    Purpose purpose = purpose(hang.what());
    EvidenceRecords records =
        ask(
            "hang",
            context.id().number(),
            purpose.name().toLowerCase(java.util.Locale.ROOT),
            level == CauseBudget.Level.BRIEF);
    return explain(
        context.id().toString(),
        purpose,
        records,
        fromFirst(hang.cycle()),
        context.continuationLost(),
        false,
        recorded);
  }

  /** The names of a cycle's requests, the one that came first at the beginning. */
  private static List<String> fromFirst(List<RequestContext> cycle) {
    List<String> names = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < cycle.size(); i++) {
      names.add(cycle.get(i).id().toString());
      if (cycle.get(i).id().number() < cycle.get(first).id().number()) {
        first = i;
      }
    }
    Collections.rotate(names, -first);
    return names;
  }

  private static Purpose purpose(Hang.What what) {
    return switch (what) {
      case ANSWER -> Purpose.ANSWER;
      case BODY -> Purpose.BODY;
      case BACKGROUND -> Purpose.BACKGROUND;
    };
  }

  /**
   * A request used an object that is bound to another one: the error that it got has a cause.
   *
   * @param name under which JavaScript keeps that for us; 0 when it does not
   */
  void misused(RequestContext context, long name) {
    Findings findings = EventRecord.of(context).findings();
    findings.misuse = ofError("misuse", context, name, findings);
  }

  /**
   * A request followed a promise whose request has ended.
   *
   * @param name under which JavaScript keeps that for us; 0 when it does not
   */
  void followedGone(RequestContext context, long name) {
    Findings findings = EventRecord.of(context).findings();
    findings.gone = ofError("gone", context, name, findings);
  }

  private @Nullable Cause ofError(
      String what, RequestContext context, long name, Findings findings) {
    CauseBudget.Level level = budget.take(loop.millis());
    if (name == 0 || level == CauseBudget.Level.NONE) {
      return null;
    }
    boolean recorded = recordsSites();
    if (what.equals("gone")) {
      sitesUntilMillis = loop.millis() + SITES_AFTER_HANG_MILLIS;
    }
    EvidenceRecords records = ask(what, name, "", level == CauseBudget.Level.BRIEF);
    if (records.relation == Relation.UNKNOWN) {
      return null;
    }
    Cause cause =
        explain(
            context.id().toString(), Purpose.ANSWER, records, List.of(), false, false, recorded);
    if (options.earlyWarnings() && isNewPlace(records)) {
      // The worker may catch the error. If it does not, this is the cause and no risk.
      findings.risks.add(cause.asRisk());
    }
    return cause;
  }

  /** A request follows another's pending promise: a risk, told once for each place. */
  void followed(RequestContext follower, long token) {
    if (!options.earlyWarnings()) {
      return;
    }
    long number = follower.id().number();
    String detail = Long.toString(token);
    EvidenceRecords glance = ask("risk", number, detail, true);
    // One that has answered in the same turn does not wait for the promise.
    if (glance.relation == Relation.UNKNOWN || !isNewPlace(glance)) {
      return;
    }
    EvidenceRecords records = ask("risk", number, detail, false);
    Cause risk =
        explain(follower.id().toString(), Purpose.ANSWER, records, List.of(), false, true, true);
    EventRecord.of(follower).findings().risks.add(risk);
  }

  private boolean isNewPlace(EvidenceRecords records) {
    return warnedPlaces.size() < MOST_PLACES
        && warnedPlaces.add(place(records.awaited) + " " + place(records.created));
  }

  private static String place(CallStack stack) {
    return stack.top().map(Site::position).orElse("");
  }

  /**
   * A promise was settled after its request had ended.
   *
   * @param name under which JavaScript keeps that for us
   */
  void settledLate(long owner, long settler, long name) {
    if (name == 0) {
      return;
    }
    EvidenceRecords records = ask("late", name, "", true);
    RequestContext context = loop.find(settler);
    if (context == null) {
      return;
    }
    Settler who = settler(records, owner);
    if (who == null) {
      return;
    }
    for (long victim : records.victims) {
      EndedRequests.Ended ended = owners.ended(victim);
      Cause cause = ended == null ? null : ended.cause();
      if (cause != null && cause.kind() != CauseKind.SETTLEMENT_DROPPED) {
        Cause amended = Explainer.amend(cause, who);
        owners.amend(victim, amended);
        EventRecord.of(context)
            .findings()
            .amends
            .add(new TraceItem.Amendment("r" + victim, amended));
      }
    }
  }

  /** What a live request waits for, with the places where it started that. */
  List<Work> whereabouts(RequestContext context) {
    EvidenceRecords records = ask("whereabouts", context.id().number(), "", true);
    return owners.works(context, records.works);
  }

  /** All pending promises as JSON. */
  String pendingPromises() {
    List<EvidenceRecords.Pending> groups = new ArrayList<>(ask("promises", 0, "", true).pending);
    if (options.provenance() == Provenance.SITES) {
      // Those without a place are the engine's, one for each await.
      groups.removeIf(group -> group.made() == null);
    }
    return PromiseDump.json(groups, owners, recordsSites());
  }

  /** Takes note of how a request ended. */
  void ended(RequestContext context, EventRecord record) {
    owners.remember(context, record);
  }

  private @Nullable Settler settler(EvidenceRecords records, long owner) {
    EvidenceRecords.Late late = records.settler;
    if (late == null) {
      return null;
    }
    EndedRequests.Ended ended = owners.ended(owner);
    long after = ended == null ? 0 : Math.max(0, late.millis() - ended.endedMillis());
    String name = late.number() == 0 ? "code of no request" : "r" + late.number();
    return new Settler(name, late.at(), after);
  }

  private EvidenceRecords ask(String what, long number, String detail, boolean brief) {
    String question = what + '\0' + number + '\0' + detail + '\0';
    boolean isBrief = brief || pause.isMidTurn();
    String answer = oracle.ask(question + (isBrief ? '1' : '0'));
    if (answer == null && !isBrief) {
      // What takes long can fail for what the rest does not need: ask for less.
      answer = oracle.ask(question + '1');
    }
    return EvidenceRecords.read(answer == null ? "" : answer, texts);
  }

  private Cause explain(
      String request,
      Purpose purpose,
      EvidenceRecords records,
      List<String> cycle,
      boolean settledUnheard,
      boolean risk,
      boolean sites) {
    Owner owner = null;
    Root root = null;
    if (records.relation == Relation.FOREIGN) {
      owner = owners.describe(records.owner, records.works);
      root = owners.rootHang(records.owner);
    } else if (records.relation == Relation.START_UP) {
      owner = new Owner("start-up", null, null, Owner.State.START_UP, List.of(), null);
    }
    return Explainer.explain(
        new Evidence(
            request,
            purpose,
            records.relation,
            settledUnheard,
            records.awaited,
            records.created,
            owner,
            records.chain,
            records.store,
            records.holder,
            records.relation == Relation.FOREIGN ? settler(records, records.owner) : null,
            cycle,
            root,
            records.objectType,
            risk,
            sites,
            texts.code(records.awaited, records.created)));
  }
}
