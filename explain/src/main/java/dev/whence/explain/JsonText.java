package dev.whence.explain;

import org.jspecify.annotations.Nullable;

/**
 * Writes JSON, piece by piece, into text that is being built.
 *
 * <p>Thread: any (stateless).
 */
public final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonText() {}

  /** Appends a JSON string, or {@code null}. Lone surrogates are escaped, so the text is UTF-8. */
  public static StringBuilder string(StringBuilder out, @Nullable String text) {
    if (text == null) {
      return out.append("null");
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f || isLoneSurrogate(text, i)) {
            escape(out, c);
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"');
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private static void escape(StringBuilder out, char c) {
    out.append("\\u")
        .append(HEX[c >> 12])
        .append(HEX[(c >> 8) & 15])
        .append(HEX[(c >> 4) & 15])
        .append(HEX[c & 15]);
  }

  /** Appends {@code "key":} after a comma where one is due. Not for the first thing in a text. */
  public static StringBuilder key(StringBuilder out, String key) {
    char last = out.charAt(out.length() - 1);
    if (last != '{' && last != '[') {
      out.append(',');
    }
    return string(out, key).append(':');
  }

  /** Appends a comma unless the array has just been opened. */
  public static StringBuilder separate(StringBuilder out) {
    return out.charAt(out.length() - 1) == '[' ? out : out.append(',');
  }
}
