package dev.whence.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message of the inspector, which is JSON: objects as {@link Map}, arrays as {@link
 * List}, the rest as {@link String} (numbers and literals by their text).
 *
 * <p>Thread: that of its caller.
 */
final class ProtocolReader {
  private static final int DEPTH_LIMIT = 100;

  private final String text;
  private int at;
  private int depth;

  private ProtocolReader(String text) {
    this.text = text;
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException if it is no JSON object
   */
  static Map<String, Object> read(String message) {
    ProtocolReader reader = new ProtocolReader(message);
    reader.skipSpace();
    Map<String, Object> result = reader.object();
    reader.skipSpace();
    if (reader.at != message.length()) {
      throw reader.unexpected();
    }
    return result;
  }

  /** Follows member names; null where one is missing or leads through something else. */
  static @Nullable Object find(@Nullable Object from, String... names) {
    Object value = from;
    for (String name : names) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return value;
  }

  /** A text found by {@link #find}, or null. */
  static @Nullable String findText(@Nullable Object from, String... names) {
    return find(from, names) instanceof String found ? found : null;
  }

  private Object value() {
    if (++depth > DEPTH_LIMIT) {
      throw new IllegalArgumentException("a message nested deeper than " + DEPTH_LIMIT);
    }
    Object result =
        switch (peek()) {
          case '{' -> object();
          case '[' -> array();
          case '"' -> string();
          default -> literal();
        };
    depth--;
    return result;
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    expect('{');
    skipSpace();
    if (accept('}')) {
      return members;
    }
    do {
      skipSpace();
      String name = string();
      skipSpace();
      expect(':');
      skipSpace();
      members.put(name, value());
      skipSpace();
    } while (accept(','));
    expect('}');
    return members;
  }

  private List<Object> array() {
    List<Object> elements = new ArrayList<>();
    expect('[');
    skipSpace();
    if (accept(']')) {
      return elements;
    }
    do {
      skipSpace();
      elements.add(value());
      skipSpace();
    } while (accept(','));
    expect(']');
    return elements;
  }

  private String string() {
    expect('"');
    int start = at;
    while (peek() != '"' && peek() != '\\') {
      at++;
    }
    if (accept('"')) {
      return text.substring(start, at - 1);
    }
    StringBuilder result = new StringBuilder().append(text, start, at);
    while (!accept('"')) {
      if (accept('\\')) {
        result.append(escaped());
      } else {
        result.append(peek());
        at++;
      }
    }
    return result.toString();
  }

  private char escaped() {
    char code = peek();
    at++;
    return switch (code) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        if (at + 4 > text.length()) {
          throw unexpected();
        }
        int value = Integer.parseInt(text, at, at + 4, 16);
        at += 4;
        yield (char) value;
      }
      case '"', '\\', '/' -> code;
      default -> throw unexpected();
    };
  }

  private String literal() {
    int start = at;
    while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == start) {
      throw unexpected();
    }
    return text.substring(start, at);
  }

  private void skipSpace() {
    while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw new IllegalArgumentException("a message that ends early");
    }
    return text.charAt(at);
  }

  private boolean accept(char expected) {
    if (peekOrNul() != expected) {
      return false;
    }
    at++;
    return true;
  }

  private char peekOrNul() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char expected) {
    if (!accept(expected)) {
      throw unexpected();
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("an unexpected character at offset " + at);
  }
}
