package dev.whence.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code GET /api/promises} answers, for a terminal: pending promises by owner, then by where
 * they were made.
 *
 * <p>Thread: any.
 */
public final class PromiseDump {
  private PromiseDump() {}

  /** Lines, each with its end. */
  public static String describe(JsonNode dump, Colours colours) {
    Map<String, List<JsonNode>> byOwner = new LinkedHashMap<>();
    for (JsonNode promise : dump.path("promises")) {
      byOwner.computeIfAbsent(owner(promise), owner -> new ArrayList<>()).add(promise);
    }
    if (byOwner.isEmpty()) {
      return "No pending promises.\n";
    }
    StringBuilder text = new StringBuilder();
    byOwner.forEach((owner, promises) -> group(text, owner, promises, colours));
    if (!dump.path("provenance").asText().equals("sites")) {
      text.append(colours.dim("Where they were made is known with --provenance sites.") + "\n");
    }
    return text.toString();
  }

  private static String owner(JsonNode promise) {
    if (!promise.path("request").isTextual()) {
      return "start-up";
    }
    String name = promise.path("request").asText();
    String line = promise.path("line").asText();
    String ended = promise.path("ended").asBoolean() ? " (ended)" : "";
    return name + (line.isEmpty() ? "" : "  " + TerminalText.oneLine(line)) + ended;
  }

  private static void group(
      StringBuilder text, String owner, List<JsonNode> promises, Colours colours) {
    int total = promises.stream().mapToInt(PromiseDump::count).sum();
    text.append(colours.bold(owner)).append("  ").append(total);
    text.append(total == 1 ? " pending promise\n" : " pending promises\n");
    for (JsonNode promise : promises) {
      text.append("  ").append(count(promise)).append(" × ").append(made(promise)).append('\n');
    }
  }

  private static int count(JsonNode promise) {
    return Math.max(1, promise.path("count").asInt(1));
  }

  private static String made(JsonNode promise) {
    JsonNode created = promise.path("created");
    String made = created.isObject() ? "made at " + site(created) : "made at an unknown place";
    JsonNode awaited = promise.path("awaited");
    return awaited.isObject() ? made + ", awaited at " + site(awaited) : made;
  }

  private static String site(JsonNode site) {
    String place =
        site.path("file").asText()
            + ":"
            + site.path("line").asInt()
            + ":"
            + site.path("column").asInt();
    String function = site.path("function").asText();
    String text = function.isEmpty() ? place : function + " (" + place + ")";
    return TerminalText.oneLine(site.path("library").asBoolean() ? text + ", a library" : text);
  }
}
