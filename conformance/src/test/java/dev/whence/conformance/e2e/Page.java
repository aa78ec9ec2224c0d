package dev.whence.conformance.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A page in the browser, used as people use it: by mouse and keyboard.
 *
 * <p>Thread: the test's.
 */
final class Page {
  private static final Map<String, Integer> KEY_CODES =
      Map.of(
          "Enter",
          13,
          "Escape",
          27,
          "Tab",
          9,
          "End",
          35,
          "Home",
          36,
          "ArrowUp",
          38,
          "ArrowDown",
          40);

  private final DevTools tools;
  private final String session;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Page(DevTools tools, String session) {
    this.tools = tools;
    this.session = session;
  }

  void begin(String url, int width, int height) {
    tools.listen(session, this::hear);
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
    resize(width, height);
    call("Page.navigate", Map.of("url", url));
    await("document.readyState === 'complete'");
  }

  /** What goes wrong in the page, or is blocked by its content security policy. */
  private void hear(String event, JsonNode about) {
    if (event.equals("Runtime.exceptionThrown")) {
      complaints.add(about.path("exceptionDetails").toString());
    } else if (event.equals("Log.entryAdded")) {
      JsonNode entry = about.path("entry");
      if (entry.path("level").asText().equals("error")) {
        complaints.add(entry.path("text").asText() + " " + entry.path("url").asText());
      }
    }
  }

  /** Errors so far. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  private JsonNode call(String method, Map<String, Object> parameters) {
    return tools.call(session, method, parameters);
  }

  /** The value of an expression. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** What the first element that the selector finds says, or nothing. */
  String text(String selector) {
    return evaluate("document.querySelector('" + selector + "')?.innerText ?? ''").asText();
  }

  /** How many elements the selector finds that can be seen. */
  int count(String selector) {
    return evaluate(
            "[...document.querySelectorAll('"
                + selector
                + "')].filter(e => e.getClientRects().length > 0).length")
        .asInt();
  }

  /** Waits, within the page and without looking all the time, until the expression is true. */
  void await(String condition) {
    JsonNode came =
        evaluate(
            """
            new Promise((resolve) => {
              const end = performance.now() + 30000;
              const look = () => {
                if (%s) resolve(true);
                else if (performance.now() > end) resolve(false);
                else setTimeout(look, 20);
              };
              look();
            })
            """
                .formatted(condition));
    if (!came.asBoolean()) {
      throw new AssertionError(
          "never true: " + condition + "; the page says: " + text("body") + complaints);
    }
  }

  void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", false));
  }

  /** Prefers {@code dark} or {@code light}. */
  void prefer(String scheme) {
    Map<String, Object> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /** Presses a key: a name such as {@code Enter}, or a character. */
  void press(String key) {
    Map<String, Object> down = new LinkedHashMap<>();
    down.put("type", "keyDown");
    down.put("key", key);
    Integer code = KEY_CODES.get(key);
    if (code != null) {
      down.put("windowsVirtualKeyCode", code);
    }
    if (key.length() == 1) {
      down.put("text", key);
    } else if (key.equals("Enter")) {
      down.put("text", "\r");
    }
    call("Input.dispatchKeyEvent", down);
    Map<String, Object> up = new LinkedHashMap<>(down);
    up.put("type", "keyUp");
    up.remove("text");
    call("Input.dispatchKeyEvent", up);
  }

  void type(String text) {
    call("Input.insertText", Map.of("text", text));
  }

  /** Clicks into the middle of the first element that the selector finds. */
  void click(String selector) {
    JsonNode place =
        evaluate(
            """
            (async () => {
              const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
              await drawn();
              const element = document.querySelector('%s');
              element.scrollIntoView({ block: 'nearest' });
              await drawn();
              const box = element.getBoundingClientRect();
              return [box.x + box.width / 2, box.y + box.height / 2];
            })()
            """
                .formatted(selector));
    for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              place.path(0).asDouble(),
              "y",
              place.path(1).asDouble(),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  /** A picture of what is seen, as a PNG file. */
  void screenshot(Path file) {
    evaluate("new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))");
    byte[] png =
        Base64.getDecoder()
            .decode(call("Page.captureScreenshot", Map.of("format", "png")).path("data").asText());
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
