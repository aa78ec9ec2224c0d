package dev.whence.runtime;

import dev.whence.explain.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log event of one request, in the ecosystem's field names (workers-semantics.md, section 16).
 *
 * @param outcome how it ended, for example {@code ok} (section 15)
 * @param scriptName the worker's name
 * @param event what came in
 * @param eventTimestamp milliseconds since the epoch
 * @param logs in the order they were made
 * @param exceptions in the order they were thrown
 * @param truncated true when the log limit was reached
 * @param cpuMillis time spent in its JavaScript
 * @param wallMillis from arrival to end
 * @param whence what only Whence knows
 */
public record TraceItem(
    Outcome outcome,
    String scriptName,
    Event event,
    long eventTimestamp,
    List<Log> logs,
    List<ExceptionEntry> exceptions,
    boolean truncated,
    long cpuMillis,
    long wallMillis,
    Whence whence) {

  /** The incoming event. */
  public sealed interface Event permits FetchEvent, ScheduledEvent {}

  /**
   * An HTTP request.
   *
   * @param headers name, value, …; as they arrived, not redacted
   * @param status of the response that was sent, or 0 when the worker sent none
   */
  public record FetchEvent(String method, String url, List<String> headers, int status)
      implements Event {}

  /** A cron trigger. */
  public record ScheduledEvent(String cron, long scheduledTime) implements Event {}

  /**
   * One line written by the worker.
   *
   * @param messageJson a JSON array with one value per argument (rule 9.3)
   * @param errorInfoJson a JSON array, or null when no argument is an Error (rule 9.4)
   * @param level {@code debug}, {@code info}, {@code log}, {@code warn} or {@code error}
   * @param timestamp milliseconds since the epoch, the loop's clock
   * @param terminalText as a terminal shows it (rule 9.5); null unless asked for
   */
  public record Log(
      String messageJson,
      @Nullable String errorInfoJson,
      String level,
      long timestamp,
      @Nullable String terminalText) {}

  /**
   * An exception that reached the runtime.
   *
   * @param stack frames only, without the leading message; null when there are none
   */
  public record ExceptionEntry(
      String name, String message, @Nullable String stack, long timestamp) {}

  /**
   * Ours, under the key {@code whence}.
   *
   * @param request for example {@code r2}
   * @param isolate counted from 1
   * @param cause why it hung, or used what is not its own; null when it did neither
   * @param risks early warnings: what another request could hang on
   * @param amends what this request settled too late, for items that were sent before
   */
  public record Whence(
      String request,
      int isolate,
      @Nullable Cause cause,
      List<Cause> risks,
      List<Amendment> amends) {
    public Whence {
      risks = List.copyOf(risks);
      amends = List.copyOf(amends);
    }

    /** A request with nothing to explain. */
    public Whence(String request, int isolate) {
      this(request, isolate, null, List.of(), List.of());
    }
  }

  /**
   * A cause that is known better now.
   *
   * @param request whose cause it replaces, for example {@code r2}
   */
  public record Amendment(String request, Cause cause) {}

  /** True when the request ended because nothing could settle its answer. */
  public boolean failed() {
    return outcome != Outcome.OK && outcome != Outcome.CANCELED;
  }

  /** One line of JSON, keys in the order of section 16, header values and URL redacted (16). */
  public String toJson() {
    return TraceItemJson.write(this);
  }
}
