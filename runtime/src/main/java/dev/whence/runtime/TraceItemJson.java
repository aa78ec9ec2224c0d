package dev.whence.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trace item as one line of JSON, keys in the ecosystem's order (workers-semantics.md, section
 * 16).
 *
 * <p>Thread: any.
 */
final class TraceItemJson {
  private final StringBuilder out = new StringBuilder(512);

  private TraceItemJson() {}

  static String write(TraceItem item) {
    return new TraceItemJson().item(item);
  }

  private String item(TraceItem item) {
    out.append("{\"wallTime\":").append(item.wallMillis());
    Json.key(out, "cpuTime").append(item.cpuMillis());
    Json.key(out, "truncated").append(item.truncated());
    text("executionModel", "stateless");
    text("outcome", item.outcome().wireName());
    text("scriptName", item.scriptName());
    Json.key(out, "diagnosticsChannelEvents").append("[]");
    Json.key(out, "exceptions");
    exceptions(item.exceptions());
    Json.key(out, "logs");
    logs(item.logs());
    Json.key(out, "eventTimestamp").append(item.eventTimestamp());
    Json.key(out, "event");
    event(item.event());
    Json.key(out, "whence").append('{');
    text("request", item.whence().request());
    Json.key(out, "isolate").append(item.whence().isolate());
    return out.append("}}").toString();
  }

  private void text(String key, String value) {
    Json.string(Json.key(out, key), value);
  }

  private void exceptions(List<TraceItem.ExceptionEntry> entries) {
    out.append('[');
    for (TraceItem.ExceptionEntry entry : entries) {
      separate();
      out.append('{');
      String stack = entry.stack();
      if (stack != null) {
        text("stack", stack);
      }
      text("name", entry.name());
      text("message", entry.message());
      Json.key(out, "timestamp").append(entry.timestamp()).append('}');
    }
    out.append(']');
  }

  private void logs(List<TraceItem.Log> logs) {
    out.append('[');
    for (TraceItem.Log log : logs) {
      separate();
      out.append('{');
      String errorInfo = log.errorInfoJson();
      if (errorInfo != null) {
        Json.key(out, "errorInfo").append(errorInfo);
      }
      Json.key(out, "message").append(log.messageJson());
      text("level", log.level());
      Json.key(out, "timestamp").append(log.timestamp()).append('}');
    }
    out.append(']');
  }

  private void separate() {
    if (out.charAt(out.length() - 1) != '[') {
      out.append(',');
    }
  }

  private void event(TraceItem.Event event) {
    if (event instanceof TraceItem.FetchEvent fetch) {
      out.append("{\"request\":{");
      text("url", Redaction.url(fetch.url()));
      text("method", fetch.method());
      Json.key(out, "headers").append('{');
      combined(fetch.headers()).forEach(this::text);
      out.append('}');
      Json.key(out, "cf").append("{}}");
      if (fetch.status() != 0) {
        Json.key(out, "response").append("{\"status\":").append(fetch.status()).append('}');
      }
      out.append('}');
    } else if (event instanceof TraceItem.ScheduledEvent scheduled) {
      out.append('{');
      text("cron", scheduled.cron());
      Json.key(out, "scheduledTime").append(scheduled.scheduledTime()).append('}');
    }
  }

  private static Map<String, String> combined(List<String> headers) {
    Map<String, String> result = new LinkedHashMap<>();
    for (int i = 0; i < headers.size(); i += 2) {
      String name = Redaction.lowerCase(headers.get(i));
      String value = Redaction.isSecretHeader(name) ? Redaction.REDACTED : headers.get(i + 1);
      result.merge(name, value, (a, b) -> a.equals(Redaction.REDACTED) ? a : a + ", " + b);
    }
    return result;
  }
}
