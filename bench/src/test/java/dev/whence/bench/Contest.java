package dev.whence.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs several contestants in turn, again and again, so that what else happens on the machine hits
 * all of them; compares each with the first, round by round.
 *
 * <p>Thread: one.
 */
final class Contest {
  /** Does a piece of work and tells how long it took. */
  @FunctionalInterface
  interface Contestant {
    /** Nanoseconds for one round. */
    long run() throws Exception;
  }

  private final Map<String, Contestant> contestants = new LinkedHashMap<>();

  /** Adds one; the first is what the others are compared with. */
  Contest add(String name, Contestant contestant) {
    contestants.put(name, contestant);
    return this;
  }

  /**
   * Runs all rounds.
   *
   * @param warmUp rounds that do not count
   * @param operations in a round, to print the time of one
   * @return a table of medians, ready to print
   */
  String run(String title, int warmUp, int rounds, int operations) throws Exception {
    Map<String, List<Double>> micros = new LinkedHashMap<>();
    Map<String, List<Double>> ratios = new LinkedHashMap<>();
    for (int round = -warmUp; round < rounds; round++) {
      double first = 0;
      for (Map.Entry<String, Contestant> entry : contestants.entrySet()) {
        double each = entry.getValue().run() / 1e3 / operations;
        first = first == 0 ? each : first;
        if (round >= 0) {
          micros.computeIfAbsent(entry.getKey(), name -> new ArrayList<>()).add(each);
          ratios.computeIfAbsent(entry.getKey(), name -> new ArrayList<>()).add(first / each);
        }
      }
    }
    StringBuilder table = new StringBuilder(title).append(", medians of ").append(rounds);
    table.append(" alternating rounds\n");
    for (String name : micros.keySet()) {
      table.append(
          String.format(
              Locale.ROOT,
              "  %-8s %8.2f us each   throughput %.2f (%.2f to %.2f)%n",
              name,
              median(micros.get(name)),
              median(ratios.get(name)),
              Collections.min(ratios.get(name)),
              Collections.max(ratios.get(name))));
    }
    return table.toString();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
