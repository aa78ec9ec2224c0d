package dev.whence.conformance.causes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.explain.CallStack;
import dev.whence.explain.Cause;
import dev.whence.explain.Code;
import dev.whence.explain.Hop;
import dev.whence.explain.Owner;
import dev.whence.explain.Root;
import dev.whence.explain.Settler;
import dev.whence.explain.Site;
import dev.whence.explain.Work;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cause in the words of {@code case.json}: what its author can check at a glance. What is unknown
 * is left out; durations, which differ from run to run, read {@code N ms}.
 */
final class Card {
  private static final Pattern DURATION = Pattern.compile("\\d+ ms (?=after|earlier)");

  private Card() {}

  static ObjectNode of(Cause cause) {
    ObjectNode card = JsonNodeFactory.instance.objectNode();
    card.put("kind", cause.kind().wireName());
    stack(card, "awaited", cause.awaited());
    stack(card, "created", cause.created());
    owner(card, cause.owner());
    put(card, "store", cause.store());
    put(card, "holder", cause.holder());
    list(card, "chain", cause.chain().stream().map(Card::hop).toList());
    list(card, "cycle", cause.cycle());
    Root root = cause.root();
    put(card, "root", root == null ? null : root.request() + " " + root.kind().wireName());
    put(card, "settler", settler(cause.settler()));
    put(card, "note", cause.note());
    card.put("summary", DURATION.matcher(cause.summary()).replaceAll("N ms "));
    Code code = cause.code();
    put(card, "code", code == null ? null : code.at().position());
    return card;
  }

  private static void stack(ObjectNode card, String key, CallStack stack) {
    stack
        .top()
        .ifPresent(
            top -> {
              card.put(key, place(top));
              if (top.library()) {
                stack.firstOfAuthor().ifPresent(site -> card.put(key + "By", place(site)));
              }
            });
  }

  private static String place(Site site) {
    return site.position()
        + (site.function() == null ? "" : " " + site.function())
        + (site.library() ? " (library)" : "");
  }

  private static String hop(Hop hop) {
    return hop.what() + " " + place(hop.at());
  }

  private static void owner(ObjectNode card, @Nullable Owner owner) {
    if (owner == null) {
      return;
    }
    String line = owner.method() == null ? "" : " " + owner.method() + " " + owner.url();
    String state = owner.state().wireName();
    String who = owner.request().equals(state) ? state : owner.request() + " " + state;
    card.put("owner", who + line);
    list(card, "waitsFor", owner.waitsFor().stream().map(Work::text).toList());
    Owner.End end = owner.end();
    put(card, "ended", end == null ? null : end.how());
  }

  private static @Nullable String settler(@Nullable Settler settler) {
    if (settler == null) {
      return null;
    }
    return settler.request() + settler.at().top().map(top -> " " + place(top)).orElse("");
  }

  private static void list(ObjectNode card, String key, List<String> elements) {
    if (!elements.isEmpty()) {
      ArrayNode array = card.putArray(key);
      elements.forEach(array::add);
    }
  }

  private static void put(ObjectNode card, String key, @Nullable String value) {
    if (value != null) {
      card.put(key, value);
    }
  }
}
