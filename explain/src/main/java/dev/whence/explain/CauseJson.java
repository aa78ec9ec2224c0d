package dev.whence.explain;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cause as JSON, for trace items and the dashboard. What is unknown is left out.
 *
 * <p>Thread: any; one value is used once.
 */
public final class CauseJson {
  /** More frames than this say nothing new. */
  private static final int MAX_FRAMES = 10;

  private final StringBuilder out;
  private final UnaryOperator<String> redaction;

  private CauseJson(StringBuilder out, UnaryOperator<String> redaction) {
    this.out = out;
    this.redaction = redaction;
  }

  /** One line, as it is. */
  public static String write(Cause cause) {
    return append(new StringBuilder(1024), cause, text -> text).toString();
  }

  /**
   * Appends one JSON object.
   *
   * @param redaction hides secrets in a URL, or in text that contains one
   */
  public static StringBuilder append(
      StringBuilder out, Cause cause, UnaryOperator<String> redaction) {
    new CauseJson(out, redaction).cause(cause);
    return out;
  }

  private void cause(Cause cause) {
    out.append('{');
    text("kind", cause.kind().wireName());
    text("summary", redaction.apply(cause.summary()));
    stack("awaited", cause.awaited());
    stack("created", cause.created());
    owner(cause.owner());
    chain(cause.chain());
    text("store", cause.store());
    text("holder", cause.holder());
    settler(cause.settler());
    cycle(cause.cycle());
    root(cause.root());
    text("fix", cause.fix());
    text("note", cause.note());
    code(cause.code());
    out.append('}');
  }

  private void stack(String key, CallStack stack) {
    if (!stack.isKnown()) {
      return;
    }
    Site top = stack.frames().get(0);
    JsonText.key(out, key).append('{');
    site(top);
    JsonText.key(out, "stack").append('[');
    stack.frames().stream()
        .limit(MAX_FRAMES)
        .forEach(frame -> JsonText.string(JsonText.separate(out), frame.frame()));
    out.append(']');
    if (top.library()) {
      stack.firstOfAuthor().ifPresent(author -> object("author", author));
    }
    out.append('}');
  }

  private void object(String key, Site site) {
    JsonText.key(out, key).append('{');
    site(site);
    out.append('}');
  }

  private void site(Site site) {
    text("file", site.file());
    number("line", site.line());
    number("column", site.column());
    text("function", site.function());
    if (site.library()) {
      JsonText.key(out, "library").append(true);
    }
  }

  private void owner(@Nullable Owner owner) {
    if (owner == null) {
      return;
    }
    JsonText.key(out, "owner").append('{');
    text("request", owner.request());
    text("state", owner.state().wireName());
    text("method", owner.method());
    String url = owner.url();
    text("url", url == null ? null : redaction.apply(url));
    if (!owner.waitsFor().isEmpty()) {
      text(
          "waitsFor",
          owner.waitsFor().stream()
              .map(work -> redaction.apply(work.text()))
              .collect(Collectors.joining(", ")));
    }
    Owner.End end = owner.end();
    text("ended", end == null ? null : end.how() + " " + end.agoMillis() + " ms earlier");
    out.append('}');
  }

  private void chain(List<Hop> hops) {
    if (hops.isEmpty()) {
      return;
    }
    JsonText.key(out, "chain").append('[');
    for (Hop hop : hops) {
      JsonText.separate(out).append('{');
      text("what", hop.what());
      site(hop.at());
      out.append('}');
    }
    out.append(']');
  }

  private void settler(@Nullable Settler settler) {
    if (settler == null) {
      return;
    }
    JsonText.key(out, "settler").append('{');
    text("request", settler.request());
    settler.at().top().ifPresent(this::site);
    number("afterMs", settler.afterMillis());
    out.append('}');
  }

  private void cycle(List<String> requests) {
    if (requests.isEmpty()) {
      return;
    }
    JsonText.key(out, "cycle").append('[');
    requests.forEach(request -> JsonText.string(JsonText.separate(out), request));
    out.append(']');
  }

  private void root(@Nullable Root root) {
    if (root == null) {
      return;
    }
    JsonText.key(out, "root").append('{');
    text("request", root.request());
    text("kind", root.kind().wireName());
    text("summary", redaction.apply(root.summary()));
    out.append('}');
  }

  private void code(@Nullable Code code) {
    if (code == null) {
      return;
    }
    Site at = code.at();
    JsonText.key(out, "code").append('{');
    text("file", at.file());
    number("line", at.line());
    number("column", at.column());
    text("frame", new CodeFrame(code.source(), at.line(), at.column()).plain());
    out.append('}');
  }

  private void text(String key, @Nullable String value) {
    if (value != null) {
      JsonText.string(JsonText.key(out, key), value);
    }
  }

  private void number(String key, long value) {
    JsonText.key(out, key).append(value);
  }
}
