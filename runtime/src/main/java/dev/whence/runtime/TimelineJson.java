package dev.whence.runtime;

import dev.whence.explain.JsonText;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A timeline as one line of JSON (docs/dashboard.md). Thread: any. */
final class TimelineJson {
  private TimelineJson() {}

  static String write(Timeline timeline) {
    StringBuilder out = new StringBuilder(256);
    out.append("{\"start\":").append(timeline.startMicros());
    JsonText.key(out, "duration").append(timeline.durationMicros());
    list(out, "turns", timeline.turns(), TimelineJson::turn);
    list(out, "pending", timeline.pending(), TimelineJson::pending);
    list(out, "follows", timeline.follows(), TimelineJson::follow);
    JsonText.key(out, "truncated").append(timeline.truncated());
    if (timeline.truncated()) {
      JsonText.key(out, "leftOut").append(timeline.leftOut());
    }
    return out.append('}').toString();
  }

  private static <T> void list(
      StringBuilder out, String key, List<T> items, BiConsumer<StringBuilder, T> writer) {
    JsonText.key(out, key).append('[');
    for (int i = 0; i < items.size(); i++) {
      out.append(i == 0 ? "{" : ",{");
      writer.accept(out, items.get(i));
      out.append('}');
    }
    out.append(']');
  }

  private static void turn(StringBuilder out, Timeline.TurnBlock turn) {
    JsonText.key(out, "at").append(turn.startMicros());
    JsonText.key(out, "for").append(turn.durationMicros());
    JsonText.string(JsonText.key(out, "kind"), turn.kind());
  }

  private static void pending(StringBuilder out, Timeline.PendingSpan span) {
    JsonText.key(out, "at").append(span.startMicros());
    end(out, span.endMicros());
    JsonText.string(JsonText.key(out, "kind"), span.kind());
    JsonText.string(JsonText.key(out, "what"), span.what());
  }

  private static void follow(StringBuilder out, Timeline.FollowSpan span) {
    JsonText.key(out, "at").append(span.startMicros());
    end(out, span.endMicros());
    JsonText.string(JsonText.key(out, "owner"), span.owner());
  }

  private static void end(StringBuilder out, @Nullable Long endMicros) {
    if (endMicros != null) {
      JsonText.key(out, "to").append(endMicros.longValue());
    }
  }
}
