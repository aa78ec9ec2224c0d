package dev.whence.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rehearsal as a table: one column for each request, one row for each step that matters, in
 * order.
 *
 * <pre>
 *     r1 GET /a                          r2 GET /b
 *  1  arrives
 *       waits for setTimeout 20000 ms (worker.js:5:37)
 *  2                                     arrives; hangs
 * </pre>
 *
 * <p>Thread: any; one value renders one table.
 */
final class ScheduleTable {
  private static final int WIDTH = 100;
  private static final int NARROWEST = 24;

  private final Run run;
  private final List<RequestSpec> specs;
  private final List<Integer> columns;
  private final int width;
  private final StringBuilder out = new StringBuilder();

  private ScheduleTable(Run run, List<RequestSpec> specs) {
    this.run = run;
    this.specs = specs;
    this.columns = List.copyOf(run.visits().keySet());
    this.width = Math.max(NARROWEST, (WIDTH - 5) / Math.max(1, columns.size()));
  }

  /**
   * Renders it.
   *
   * @param victim the request that the finding is about: what comes after its end is left out
   */
  static String render(Run run, List<RequestSpec> specs, int victim) {
    ScheduleTable table = new ScheduleTable(run, specs);
    table.header();
    table.rows(victim);
    return table.out.toString();
  }

  private void header() {
    Map<Integer, String> cells = new LinkedHashMap<>();
    for (int request : columns) {
      Run.Visited visited = run.visits().get(request);
      long number = visited == null ? 0 : visited.number();
      cells.put(request, "r" + number + " " + specs.get(request - 1).label());
    }
    if (run.schedule().warm() != 0) {
      out.append("     (warm isolate: ")
          .append(specs.get(run.schedule().warm() - 1).label())
          .append(" was served before)\n");
    }
    row("", cells);
  }

  private void rows(int victim) {
    List<Step> steps = run.steps();
    int number = 0;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Step last = step;
      String text = words(step);
      boolean goesOn =
          !step.key().equals("r")
              && !step.key().startsWith("d")
              && i + 1 < steps.size()
              && steps.get(i + 1).key().equals("r")
              && step.endings().isEmpty()
              && (step.request() == steps.get(i + 1).request() || step.key().equals("t"));
      if (goesOn) {
        last = steps.get(++i);
        if (step.key().equals("t")) {
          text = text + "; " + words(last);
        }
      }
      Map<Integer, String> cells = new LinkedHashMap<>();
      int column = last.request() == 0 && !columns.isEmpty() ? columns.get(0) : last.request();
      boolean isLive = !last.endings().containsKey(last.request());
      if (isLive && !last.waits().isEmpty()) {
        text += "; waits for " + String.join(", ", last.waits());
      }
      cells.put(column, text);
      last.endings()
          .forEach((request, how) -> cells.merge(request, how, (one, other) -> one + "; " + other));
      row(String.valueOf(++number), cells);
      if (last.endings().containsKey(victim)) {
        return;
      }
    }
  }

  private static String words(Step step) {
    if (step.key().equals("t")) {
      return "(" + step.millis() + " ms after the start)";
    }
    if (step.key().startsWith("a")) {
      return "arrives";
    }
    return step.text();
  }

  private void row(String number, Map<Integer, String> cells) {
    List<List<String>> wrapped = new ArrayList<>();
    int height = 1;
    for (int request : columns) {
      List<String> lines = wrap(cells.getOrDefault(request, ""), width - 2);
      wrapped.add(lines);
      height = Math.max(height, lines.size());
    }
    for (int line = 0; line < height; line++) {
      StringBuilder text = new StringBuilder(pad(line == 0 ? number : "", 3, true)).append("  ");
      for (List<String> lines : wrapped) {
        text.append(pad(line < lines.size() ? lines.get(line) : "", width, false));
      }
      out.append(text.toString().stripTrailing()).append('\n');
    }
  }

  private static String pad(String text, int width, boolean right) {
    String spaces = " ".repeat(Math.max(0, width - text.length()));
    return right ? spaces + text : text + spaces;
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      String rest = word;
      if (line.length() > 0 && line.length() + 1 + rest.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder("  ");
      } else if (line.length() > 0) {
        line.append(' ');
      }
      while (line.length() + rest.length() > width) {
        int room = width - line.length();
        lines.add(line + rest.substring(0, room));
        rest = rest.substring(room);
        line = new StringBuilder("  ");
      }
      line.append(rest);
    }
    lines.add(line.toString());
    return lines;
  }
}
