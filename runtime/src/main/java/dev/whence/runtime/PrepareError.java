package dev.whence.runtime;

import dev.whence.engine.JsException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the answer of a module that could not be prepared: {@code {message, line, column}}. */
final class PrepareError {
  private static final Pattern FIELDS =
      Pattern.compile(
          "\\{\"message\":\"((?:[^\"\\\\]|\\\\.)*)\",\"line\":(\\d+),\"column\":(\\d+)\\}");

  private PrepareError() {}

  static JsException parse(String json, String name) {
    Matcher matcher = FIELDS.matcher(json);
    if (!matcher.matches()) {
      return new JsException(
          JsException.Kind.COMPILATION, "SyntaxError in " + name, name, 0, 0, null);
    }
    String message =
        matcher.group(1).replace("\\\"", "\"").replace("\\n", " ").replace("\\\\", "\\");
    if (!message.startsWith("SyntaxError")) {
      message = "SyntaxError: " + message;
    }
    return new JsException(
        JsException.Kind.COMPILATION,
        message,
        name,
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        null);
  }
}
