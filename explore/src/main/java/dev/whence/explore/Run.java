package dev.whence.explore;

import dev.whence.explain.JsonText;
import dev.whence.runtime.TraceItem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one rehearsal.
 *
 * <p>Thread: any (immutable).
 *
 * @param schedule as it was, with all its deviations
 * @param visits by request, in the order of arrival
 * @param signature stands for the order of turns and faults: schedules with the same one do not
 *     differ
 * @param points at each decision, what else could have happened
 * @param isCutOff it did not come to an end within the bound of steps
 */
record Run(
    Schedule schedule,
    List<Step> steps,
    Map<Integer, Visited> visits,
    long signature,
    List<Point> points,
    boolean isCutOff) {

  /**
   * How one request went.
   *
   * @param number within the isolate
   * @param item null when it did not end
   * @param overlapsFailure a subrequest, its own or another's, failed while it was there
   */
  record Visited(
      long number,
      Answer answer,
      @Nullable TraceItem item,
      boolean clientLeft,
      boolean overlapsFailure) {}

  /**
   * One decision.
   *
   * @param alternatives keys of what else could have happened and might make a difference
   * @param isDeviation what happened did not come by itself
   */
  record Point(List<String> alternatives, boolean isDeviation) {}

  /** All of it as text: the same schedule gives the same text, on every machine. */
  String trace() {
    StringBuilder out = new StringBuilder();
    for (Step step : steps) {
      out.append(step.millis()).append(' ').append(step.key());
      if (step.request() != 0) {
        out.append(" #").append(step.request());
      }
      out.append(' ').append(step.text());
      step.waits().forEach(wait -> out.append(" | ").append(wait));
      step.endings()
          .forEach((request, how) -> out.append(" | #").append(request).append(' ').append(how));
      out.append('\n');
    }
    visits.forEach(
        (request, visited) -> {
          out.append("answer #").append(request).append('\n');
          out.append(visited.answer().text()).append('\n');
          TraceItem item = visited.item();
          if (item != null) {
            out.append(JsonText.string(new StringBuilder(), withoutCpu(item.toJson())));
            out.append('\n');
          }
        });
    return out.toString();
  }

  /** Processor time is the machine's, not the schedule's. */
  private static String withoutCpu(String json) {
    return json.replaceFirst("\"cpuTime\":\\d+,?", "");
  }
}
