package dev.whence.runtime;

import dev.whence.explain.JsonText;

/**
 * What a worker's compatibility date and flags mean here.
 *
 * <p>Thread: any (immutable).
 */
final class Compatibility {
  private static final String DELIVER_FROM = "2024-10-14";
  private static final String DELIVER = "handle_cross_request_promise_resolution";
  private static final String PRECISE_TIMERS = "precise_timers";

  private final WorkerOptions options;

  Compatibility(WorkerOptions options) {
    this.options = options;
  }

  /** Section "Promises across requests": the mode follows from a date unless it is given. */
  CrossRequest crossRequest() {
    CrossRequest given = options.crossRequest();
    if (given != null) {
      return given;
    }
    return options.compatibilityDate() == null ? CrossRequest.CANCEL : CrossRequest.FOLLOW;
  }

  /**
   * Whether settlements travel to the promise's owner (section 5). In {@code follow} without a date
   * today's behaviour is meant.
   */
  boolean deliversSettlements() {
    if (crossRequest() == CrossRequest.CANCEL) {
      return false;
    }
    if (hasFlag("no_" + DELIVER)) {
      return false;
    }
    String date = options.compatibilityDate();
    return hasFlag(DELIVER) || date == null || date.compareTo(DELIVER_FROM) >= 0;
  }

  boolean nodejsCompat() {
    return hasFlag("nodejs_compat") || hasFlag("nodejs_compat_v2");
  }

  private boolean hasFlag(String flag) {
    return options.compatibilityFlags().contains(flag);
  }

  /**
   * The settings of the JavaScript side (core/main.js).
   *
   * @param seeded chance is to be repeatable
   */
  String settingsJson(boolean seeded) {
    StringBuilder out = new StringBuilder("{");
    flag(out, "track", options.provenance() != Provenance.NONE);
    flag(out, "follow", crossRequest() == CrossRequest.FOLLOW);
    flag(out, "deliver", deliversSettlements());
    flag(out, "nodejsCompat", nodejsCompat());
    flag(out, "preciseClock", !seeded && (options.preciseClock() || hasFlag(PRECISE_TIMERS)));
    flag(out, "terminalLogs", options.terminalLogs());
    flag(out, "terminalColors", options.terminalColors());
    flag(out, "seeded", seeded);
    JsonText.key(out, "logBytes").append(options.limits().logBytes());
    JsonText.key(out, "timers").append(options.limits().timers());
    return out.append('}').toString();
  }

  private static void flag(StringBuilder out, String name, boolean value) {
    JsonText.key(out, name).append(value);
  }

  /** The bindings as one JSON object. */
  String bindingsJson() {
    StringBuilder out = new StringBuilder("{");
    options
        .bindings()
        .forEach(
            (name, value) -> {
              JsonText.key(out, name);
              if (value instanceof WorkerOptions.Json json) {
                out.append(json.text());
              } else {
                JsonText.string(out, String.valueOf(value));
              }
            });
    return out.append('}').toString();
  }
}
