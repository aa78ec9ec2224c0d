package dev.whence.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code GET /api/in-flight} answers, as a table for a terminal: oldest first.
 *
 * <p>Thread: any.
 */
public final class InFlightTable {
  private static final List<String> HEADINGS = List.of("REQUEST", "AGE", "STATE", "WHAT");
  private static final int WIDEST_CELL = 48;
  private static final String GAP = "  ";

  private record Row(List<String> cells, List<String> waits) {}

  private InFlightTable() {}

  /** Lines, each with its end. */
  public static String describe(JsonNode inFlight, Colours colours) {
    StringBuilder text = new StringBuilder();
    List<Row> rows = rows(inFlight.path("requests"));
    if (!rows.isEmpty()) {
      table(text, rows, colours);
    }
    int total = inFlight.path("total").asInt();
    if (total > rows.size()) {
      text.append(rows.isEmpty() ? "" : "and ").append(total - rows.size());
      text.append(rows.isEmpty() ? " in flight\n" : " more\n");
    }
    for (JsonNode isolate : inFlight.path("busyIsolates")) {
      text.append("Isolate ").append(isolate.asInt());
      text.append(" is busy running JavaScript, so its requests cannot be listed.\n");
    }
    return text.isEmpty() ? "No requests in flight.\n" : text.toString();
  }

  private static List<Row> rows(JsonNode requests) {
    boolean severalIsolates = isolates(requests) > 1;
    List<Row> rows = new ArrayList<>();
    for (JsonNode request : requests) {
      String name = request.path("request").asText();
      String isolate = severalIsolates ? request.path("isolate").asText() + ":" : "";
      String gone = request.path("clientGone").asBoolean() ? ", client left" : "";
      String what = request.path("method").asText() + " " + path(request.path("url").asText());
      List<String> waits = new ArrayList<>();
      request.path("waitsFor").forEach(wait -> waits.add(TerminalText.oneLine(wait.asText())));
      rows.add(
          new Row(
              List.of(
                  isolate + name,
                  age(request.path("age").asLong()),
                  request.path("state").asText() + gone,
                  shortened(TerminalText.oneLine(what))),
              waits.isEmpty() ? List.of(nothing(request)) : waits));
    }
    return rows;
  }

  private static String nothing(JsonNode request) {
    return request.path("state").asText().equals("ready") ? "its turn" : "-";
  }

  private static long isolates(JsonNode requests) {
    List<Integer> numbers = new ArrayList<>();
    requests.forEach(request -> numbers.add(request.path("isolate").asInt()));
    return numbers.stream().distinct().count();
  }

  private static void table(StringBuilder text, List<Row> rows, Colours colours) {
    int[] widths = HEADINGS.stream().mapToInt(String::length).toArray();
    for (Row row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.cells().get(i).length());
      }
    }
    text.append(colours.dim(line(HEADINGS, widths) + "WAITS FOR")).append('\n');
    int indent = line(HEADINGS, widths).length();
    for (Row row : rows) {
      text.append(line(row.cells(), widths)).append(row.waits().get(0)).append('\n');
      for (String wait : row.waits().subList(1, row.waits().size())) {
        text.append(" ".repeat(indent)).append(wait).append('\n');
      }
    }
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
    }
    return line.toString();
  }

  /** For example {@code 12 ms}, {@code 1.2 s}, {@code 3 min 5 s}. */
  static String age(long millis) {
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
    return millis / 60_000 + " min " + millis / 1_000 % 60 + " s";
  }

  private static String path(String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getRawPath() == null || uri.getHost() == null) {
        return url;
      }
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    } catch (IllegalArgumentException e) {
      return url;
    }
  }

  private static String shortened(String text) {
    return text.length() <= WIDEST_CELL ? text : text.substring(0, WIDEST_CELL - 1) + "…";
  }
}
