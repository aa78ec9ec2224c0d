package dev.whence.explore;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is left out when answers are compared, because the user says that it may differ.
 *
 * <p>Thread: any (immutable).
 *
 * @param headers names, in lower case
 * @param body patterns whose matches do not count
 */
public record Volatile(List<String> headers, List<Pattern> body) {
  public Volatile {
    headers = headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    body = List.copyOf(body);
  }

  /** Only what always differs. */
  public static Volatile usual() {
    return new Volatile(List.of("date"), List.of());
  }

  String text(Answer answer) {
    StringBuilder kept = new StringBuilder();
    for (String line : answer.text().split("\n", -1)) {
      int colon = line.indexOf(": ");
      if (colon > 0 && headers.contains(line.substring(0, colon))) {
        continue;
      }
      kept.append(line).append('\n');
    }
    String text = kept.toString();
    for (Pattern pattern : body) {
      text = pattern.matcher(text).replaceAll("");
    }
    return text;
  }
}
