package dev.whence.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a worker runs.
 *
 * @param name the worker's name: {@code scriptName} of trace items
 * @param bindings members of {@code env} (globals for service-worker scripts): a {@link String}, or
 *     {@link Json} for any other JSON value
 * @param compatibilityDate {@code YYYY-MM-DD}, or null when none was given
 * @param compatibilityFlags flags as written, for example {@code nodejs_compat}
 * @param crossRequest null: {@link CrossRequest#FOLLOW} when a compatibility date is given, {@link
 *     CrossRequest#CANCEL} otherwise
 * @param preciseClock true: {@code Date.now()} moves while JavaScript runs; false: it stands still
 *     during a turn (rule 8.10)
 * @param terminalLogs true: log lines also carry the text for a terminal (rule 9.5)
 * @param terminalColors true: that text uses ANSI colours
 * @param provenance how much is recorded to explain hangs with
 * @param earlyWarnings true: trace items tell, once for each place, that a request follows
 *     another's pending promise
 */
public record WorkerOptions(
    String name,
    Map<String, Object> bindings,
    @Nullable String compatibilityDate,
    List<String> compatibilityFlags,
    @Nullable CrossRequest crossRequest,
    boolean preciseClock,
    boolean terminalLogs,
    boolean terminalColors,
    Provenance provenance,
    boolean earlyWarnings,
    Limits limits) {

  /**
   * A JSON value as text.
   *
   * @param text well-formed JSON
   */
  public record Json(String text) {}

  public WorkerOptions {
    bindings = new LinkedHashMap<>(bindings);
    compatibilityFlags = List.copyOf(compatibilityFlags);
  }

  /** The same with another {@code provenance}. */
  public WorkerOptions with(Provenance recorded) {
    return new WorkerOptions(
        name,
        bindings,
        compatibilityDate,
        compatibilityFlags,
        crossRequest,
        preciseClock,
        terminalLogs,
        terminalColors,
        recorded,
        earlyWarnings,
        limits);
  }

  /** The same in another mode. */
  public WorkerOptions with(CrossRequest mode) {
    return new WorkerOptions(
        name,
        bindings,
        compatibilityDate,
        compatibilityFlags,
        mode,
        preciseClock,
        terminalLogs,
        terminalColors,
        provenance,
        earlyWarnings,
        limits);
  }

  /** A worker without bindings, date or flags. */
  public static WorkerOptions named(String name) {
    return new WorkerOptions(
        name,
        Map.of(),
        null,
        List.of(),
        null,
        false,
        false,
        false,
        Provenance.OWNERS,
        false,
        Limits.defaults());
  }
}
