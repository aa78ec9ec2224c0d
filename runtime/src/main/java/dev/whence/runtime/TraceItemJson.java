package dev.whence.runtime;

import dev.whence.explain.Cause;
import dev.whence.explain.CauseJson;
import dev.whence.explain.JsonText;
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
    JsonText.key(out, "cpuTime").append(item.cpuMillis());
    JsonText.key(out, "truncated").append(item.truncated());
    text("executionModel", "stateless");
    text("outcome", item.outcome().wireName());
    text("scriptName", item.scriptName());
    JsonText.key(out, "diagnosticsChannelEvents").append("[]");
    JsonText.key(out, "exceptions");
    exceptions(item.exceptions());
    JsonText.key(out, "logs");
    logs(item.logs());
    JsonText.key(out, "eventTimestamp").append(item.eventTimestamp());
    JsonText.key(out, "event");
    event(item.event());
    JsonText.key(out, "whence").append('{');
    text("request", item.whence().request());
    JsonText.key(out, "isolate").append(item.whence().isolate());
    causes(item.whence());
    return out.append("}}").toString();
  }

  private void causes(TraceItem.Whence whence) {
    Cause own = whence.cause();
    if (own != null) {
      CauseJson.append(JsonText.key(out, "cause"), own, Redaction::url);
    }
    if (!whence.risks().isEmpty()) {
      JsonText.key(out, "risks").append('[');
      for (Cause risk : whence.risks()) {
        CauseJson.append(JsonText.separate(out), risk, Redaction::url);
      }
      out.append(']');
    }
    if (!whence.amends().isEmpty()) {
      JsonText.key(out, "amends").append('[');
      for (TraceItem.Amendment amendment : whence.amends()) {
        JsonText.separate(out).append('{');
        text("request", amendment.request());
        CauseJson.append(JsonText.key(out, "cause"), amendment.cause(), Redaction::url).append('}');
      }
      out.append(']');
    }
  }

  private void text(String key, String value) {
    JsonText.string(JsonText.key(out, key), value);
  }

  private void exceptions(List<TraceItem.ExceptionEntry> entries) {
    out.append('[');
    for (TraceItem.ExceptionEntry entry : entries) {
      JsonText.separate(out).append('{');
      String stack = entry.stack();
      if (stack != null) {
        text("stack", stack);
      }
      text("name", entry.name());
      text("message", entry.message());
      JsonText.key(out, "timestamp").append(entry.timestamp()).append('}');
    }
    out.append(']');
  }

  private void logs(List<TraceItem.Log> logs) {
    out.append('[');
    for (TraceItem.Log log : logs) {
      JsonText.separate(out).append('{');
      String errorInfo = log.errorInfoJson();
      if (errorInfo != null) {
        JsonText.key(out, "errorInfo").append(errorInfo);
      }
      JsonText.key(out, "message").append(log.messageJson());
      text("level", log.level());
      JsonText.key(out, "timestamp").append(log.timestamp()).append('}');
    }
    out.append(']');
  }

  private void event(TraceItem.Event event) {
    if (event instanceof TraceItem.FetchEvent fetch) {
      out.append("{\"request\":{");
      text("url", Redaction.url(fetch.url()));
      text("method", fetch.method());
      JsonText.key(out, "headers").append('{');
      combined(fetch.headers()).forEach(this::text);
      out.append('}');
      JsonText.key(out, "cf").append("{}}");
      if (fetch.status() != 0) {
        JsonText.key(out, "response").append("{\"status\":").append(fetch.status()).append('}');
      }
      out.append('}');
    } else if (event instanceof TraceItem.ScheduledEvent scheduled) {
      out.append('{');
      text("cron", scheduled.cron());
      JsonText.key(out, "scheduledTime").append(scheduled.scheduledTime()).append('}');
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
