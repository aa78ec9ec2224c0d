package dev.whence.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a cause in the order in which people read them, and the words around them.
 *
 * <p>Thread: one.
 */
final class CardRows {
  private static final String LIBRARY = " (library)";
  private static final String ARROW = " → ";
  private static final int LONGEST_NAME = 64;
  private static final int MAX_WORKS = 3;

  private final Cause cause;
  private final int room;
  private final int hops;
  private final List<CardRow> rows = new ArrayList<>();

  private CardRows(Cause cause, int room, int hops) {
    this.cause = cause;
    this.room = room;
    this.hops = hops;
  }

  /**
   * What stands between the headline and the code.
   *
   * @param room for a place, in characters
   * @param hops of a chain that are shown at most
   */
  static List<CardRow> of(Cause cause, int room, int hops) {
    CardRows rows = new CardRows(cause, room, hops);
    rows.collect();
    return rows.rows;
  }

  /** What happened, after the name of the request: {@code hung}. */
  static String verb(Cause cause) {
    if (cause.risk()) {
      return "at risk";
    }
    return switch (cause.kind()) {
      case AWAITS_OTHER_REQUEST,
          OWNER_ENDED,
          SETTLEMENT_DROPPED,
          DEADLOCK,
          OWNER_HUNG,
          STARTUP_PROMISE,
          NEVER_SETTLES,
          STREAM_STALLED ->
          "hung";
      case BACKGROUND -> "answered, but its waitUntil work hung";
      case CROSS_REQUEST_IO -> "failed";
      case GLOBAL_SCOPE_IO -> "did not start";
    };
  }

  private void collect() {
    stack(reached(), cause.awaited());
    stack("created at", cause.created());
    Owner owner = cause.owner();
    if (owner != null) {
      rows.add(CardRow.sentence("created by", owner(owner)));
    }
    chain(cause.chain());
    sentence("kept in", cause.store());
    sentence("resolver in", cause.holder());
    Settler settler = cause.settler();
    if (settler != null) {
      rows.add(CardRow.sentence("settled by", settler(settler)));
    }
    cycle(cause.cycle());
    Root root = cause.root();
    if (root != null) {
      boolean told = cause.summary().contains(root.summary());
      String why = told ? "its own card tells more: " + root.kind().wireName() : root.summary();
      sentence("see " + Printable.clipped(Printable.line(root.request()), 8), why);
    }
  }

  private String reached() {
    if (cause.risk()) {
      return "reached at";
    }
    return switch (cause.kind()) {
      case CROSS_REQUEST_IO -> "used at";
      case GLOBAL_SCOPE_IO -> "called at";
      default -> "awaited at";
    };
  }

  private void sentence(String label, @Nullable String value) {
    if (value != null) {
      rows.add(CardRow.sentence(label, Printable.line(value)));
    }
  }

  private void stack(String label, CallStack stack) {
    Optional<Site> top = stack.top();
    if (top.isEmpty()) {
      return;
    }
    places(label, List.of(site(top.get(), room)));
    Optional<Site> author = stack.firstOfAuthor();
    if (top.get().library() && author.isPresent()) {
      places("called from", List.of(site(author.get(), room)));
    }
  }

  private void places(String label, List<String> values) {
    rows.add(new CardRow(label, values, CardRow.Shape.PLACES));
  }

  private void chain(List<Hop> chain) {
    if (chain.isEmpty()) {
      return;
    }
    List<String> steps = new ArrayList<>();
    int shown = chain.size() <= hops ? chain.size() : hops - 1;
    for (Hop hop : chain.subList(0, shown)) {
      String what = Printable.middle(Printable.line(hop.what()), 24);
      steps.add(what + " " + site(hop.at(), room - what.length() - 1));
    }
    if (shown < chain.size()) {
      steps.add("… and " + (chain.size() - shown) + " more steps");
    }
    places("through", steps);
  }

  private void cycle(List<String> cycle) {
    if (!cycle.isEmpty() && !cause.summary().contains(ARROW)) {
      String names = String.join(ARROW, cycle) + ARROW + cycle.get(0);
      rows.add(CardRow.sentence("cycle", Printable.line(names)));
    }
  }

  private static String owner(Owner owner) {
    if (owner.state() == Owner.State.START_UP) {
      return "the worker's start-up (its top-level code)";
    }
    String works = works(owner.waitsFor());
    String name = named(owner);
    if (owner.state() == Owner.State.WAITING) {
      return name + (works.isEmpty() ? ", which is still waiting" : ", which waits for " + works);
    }
    Owner.End end = owner.end();
    String ended =
        end == null ? ", which has ended" : ended(end.agoMillis()) + Printable.line(end.how());
    return name + ended + (works.isEmpty() ? "" : "; it waited for " + works);
  }

  private static String ended(long agoMillis) {
    return agoMillis == 0
        ? ", which has just ended: "
        : ", which ended " + time(agoMillis) + " earlier: ";
  }

  private static String named(Owner owner) {
    String name = Printable.line(owner.request());
    String method = owner.method();
    if (method == null) {
      return name;
    }
    String url = owner.url() == null ? "" : " " + owner.url();
    return name + " (" + Printable.middle(Printable.line(method + url), LONGEST_NAME) + ")";
  }

  private static String works(List<Work> works) {
    String shown =
        works.stream().limit(MAX_WORKS).map(CardRows::work).collect(Collectors.joining(", "));
    int more = works.size() - MAX_WORKS;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private static String work(Work work) {
    String what = Printable.middle(Printable.line(work.what()), LONGEST_NAME);
    Site at = work.startedAt();
    return at == null ? what : what + " (" + position(at, LONGEST_NAME) + ")";
  }

  private String settler(Settler settler) {
    StringBuilder text = new StringBuilder(Printable.line(settler.request()));
    Optional<Site> top = settler.at().top();
    if (top.isPresent()) {
      text.append(" at ").append(site(top.get(), LONGEST_NAME));
      Optional<Site> author = settler.at().firstOfAuthor();
      if (top.get().library() && author.isPresent()) {
        text.append(", called from ").append(site(author.get(), LONGEST_NAME));
      }
    }
    return text.append(", ").append(time(settler.afterMillis())).append(" too late").toString();
  }

  /** A place on one line: the function yields first, then the folders; never line and column. */
  private static String site(Site site, int room) {
    String mark = site.library() ? LIBRARY : "";
    int left = room - mark.length();
    String name = site.function();
    if (name == null || name.isEmpty()) {
      return position(site, left) + mark;
    }
    String function = Printable.middle(Printable.line(name), Math.max(8, left / 3));
    String position = position(site, left - function.length() - " ()".length());
    return function + " (" + position + ")" + mark;
  }

  private static String position(Site site, int room) {
    String lineAndColumn = ":" + site.line() + ":" + site.column();
    int left = Math.max(8, room - lineAndColumn.length());
    return Printable.middle(Printable.line(site.file()), left) + lineAndColumn;
  }

  /** For people; programs get milliseconds. */
  private static String time(long millis) {
    if (millis < 10_000) {
      return millis + " ms";
    }
    return millis < 600_000 ? millis / 1000 + " s" : millis / 60_000 + " min";
  }
}
