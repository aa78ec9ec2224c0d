package dev.whence.runtime;

import dev.whence.explain.JsonText;
import java.util.Locale;

/** Requests in flight as one line of JSON (docs/dashboard.md). Thread: any. */
final class InFlightJson {
  private InFlightJson() {}

  static String write(InFlight inFlight) {
    StringBuilder out = new StringBuilder(256);
    out.append("{\"total\":").append(inFlight.total());
    JsonText.key(out, "busyIsolates").append(inFlight.busyIsolates());
    JsonText.key(out, "requests").append('[');
    for (InFlight.Request request : inFlight.requests()) {
      if (out.charAt(out.length() - 1) != '[') {
        out.append(',');
      }
      request(out, request);
    }
    return out.append("]}").toString();
  }

  private static void request(StringBuilder out, InFlight.Request request) {
    out.append('{');
    JsonText.string(JsonText.key(out, "request"), request.request());
    JsonText.key(out, "isolate").append(request.isolate());
    JsonText.string(JsonText.key(out, "method"), request.method());
    JsonText.string(JsonText.key(out, "url"), request.url());
    JsonText.key(out, "age").append(request.ageMillis());
    JsonText.string(JsonText.key(out, "state"), request.state().name().toLowerCase(Locale.ROOT));
    if (request.clientGone()) {
      JsonText.key(out, "clientGone").append(true);
    }
    JsonText.key(out, "waitsFor").append('[');
    for (String what : request.waitsFor()) {
      JsonText.string(out.append(out.charAt(out.length() - 1) == '[' ? "" : ","), what);
    }
    out.append(']');
    Timeline timeline = request.timeline();
    if (timeline != null) {
      JsonText.key(out, "timeline").append(timeline.toJson());
    }
    out.append('}');
  }
}
