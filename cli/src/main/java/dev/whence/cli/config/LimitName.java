package dev.whence.cli.config;

import dev.whence.runtime.Limits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The limits as users name them: in {@code --limit NAME=VALUE} and in the {@code limits} table of a
 * configuration. Their meaning is that of {@link Limits}.
 */
public enum LimitName {
  CPU_MS("cpuMs", 1),
  MEMORY_MB("memoryMb", 1),
  STARTUP_MS("startupMs", 1),
  WAIT_UNTIL_MS("waitUntilMs", 0),
  SUBREQUESTS("subrequests", 0),
  TIMERS("timers", 0),
  IN_FLIGHT("inFlight", 1),
  LOG_BYTES("logBytes", 0);

  private final String label;
  private final int least;

  LimitName(String label, int least) {
    this.label = label;
    this.least = least;
  }

  /** The spelling of the command line. */
  public String label() {
    return label;
  }

  /** All spellings of the command line. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(LimitName::label).toList();
  }

  /**
   * Finds a limit by its name; {@code cpu_ms}, as wrangler writes it, means {@code cpuMs}.
   *
   * @param source where it was given, for the message
   */
  public static LimitName named(String name, String source) throws ConfigException {
    for (LimitName limit : values()) {
      if (limit.label.equals(name) || limit.snakeCase().equals(name)) {
        return limit;
      }
    }
    throw new ConfigException(
        "%s: unknown limit '%s'; %sthe limits are %s"
            .formatted(source, name, didYouMean(name), String.join(", ", labels())));
  }

  private static String didYouMean(String name) {
    return DidYouMean.closest(name, labels())
        .map(best -> "did you mean '" + best + "'? ")
        .orElse("");
  }

  /**
   * Reads a value of this limit.
   *
   * @param source where it was given, for the message
   */
  public int parse(String value, String source) throws ConfigException {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && !value.startsWith("+")) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number that is too small.
    }
    throw new ConfigException(
        "%s: %s must be a whole number from %d to %d, but is '%s'"
            .formatted(source, label, least, Integer.MAX_VALUE, value));
  }

  /** These limits, and the defaults for all others. */
  public static Limits toLimits(Map<LimitName, Integer> given) {
    Limits usual = Limits.defaults();
    return new Limits(
        millis(given, CPU_MS, usual.cpu()),
        given.getOrDefault(MEMORY_MB, usual.memoryMb()),
        millis(given, STARTUP_MS, usual.startup()),
        millis(given, WAIT_UNTIL_MS, usual.waitUntil()),
        given.getOrDefault(SUBREQUESTS, usual.subrequests()),
        given.getOrDefault(TIMERS, usual.timers()),
        given.getOrDefault(IN_FLIGHT, usual.inFlight()),
        given.getOrDefault(LOG_BYTES, usual.logBytes()));
  }

  private static Duration millis(Map<LimitName, Integer> given, LimitName name, Duration usual) {
    Integer value = given.get(name);
    return value == null ? usual : Duration.ofMillis(value);
  }

  private String snakeCase() {
    return label.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
