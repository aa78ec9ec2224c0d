package dev.whence.server.dashboard;

import dev.whence.runtime.Timeline;
import dev.whence.runtime.TraceItem;
import org.jspecify.annotations.Nullable;

/**
 * A request that ended, as it is sent to dashboards.
 *
 * <p>Thread: any (immutable).
 *
 * @param number counted from 1 in the order of the ends, over all workers
 * @param matters it failed, threw or has a cause: it is never left out for the sake of speed
 * @param json an object on one line
 */
record EndedRequest(long number, boolean matters, String json) {

  static EndedRequest of(long number, TraceItem item, @Nullable Timeline timeline) {
    StringBuilder json = new StringBuilder(1024);
    boolean matters = matters(item);
    json.append("{\"number\":").append(number).append(",\"matters\":").append(matters);
    json.append(",\"item\":").append(item.toJson());
    if (timeline != null) {
      json.append(",\"timeline\":").append(timeline.toJson());
    }
    return new EndedRequest(number, matters, json.append('}').toString());
  }

  static boolean matters(TraceItem item) {
    TraceItem.Whence whence = item.whence();
    return item.failed()
        || !item.exceptions().isEmpty()
        || whence.cause() != null
        || !whence.risks().isEmpty()
        || !whence.amends().isEmpty();
  }
}
