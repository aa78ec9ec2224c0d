package dev.whence.server.dashboard;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events as the dashboard reads them (docs/dashboard.md).
 *
 * <p>Thread: any.
 */
final class Message {
  /** Keeps the connection from being taken for dead. */
  static final String HEARTBEAT = ": still here\n\n";

  private Message() {}

  /** The first one: what is looked at, and from where on. */
  static String hello(@Nullable String worker, boolean recordsAlways, long samplingAbove) {
    String name = worker == null ? "null" : quoted(worker);
    return event(
        "hello",
        "{\"worker\":"
            + name
            + ",\"recordsAlways\":"
            + recordsAlways
            + ",\"samplingAbove\":"
            + samplingAbove
            + "}");
  }

  /**
   * What happened since the last one.
   *
   * @param inFlight JSON, or null when it was not asked for
   */
  static String update(
      long nowMillis, List<EndedRequest> ended, Counts counts, @Nullable String inFlight) {
    StringBuilder data = new StringBuilder(1024);
    data.append("{\"now\":").append(nowMillis).append(",\"ended\":[");
    for (int i = 0; i < ended.size(); i++) {
      data.append(i == 0 ? "" : ",").append(ended.get(i).json());
    }
    data.append("],\"counts\":{\"ended\":").append(counts.ended());
    data.append(",\"failed\":").append(counts.failed());
    data.append(",\"mattered\":").append(counts.mattered()).append('}');
    if (inFlight != null) {
      data.append(",\"inFlight\":").append(inFlight);
    }
    return event("update", data.append('}').toString());
  }

  private static String event(String type, String data) {
    return "event: " + type + "\ndata: " + data + "\n\n";
  }

  static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
