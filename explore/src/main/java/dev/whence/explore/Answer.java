package dev.whence.explore;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * What one client got.
 *
 * <p>Thread: any (immutable).
 *
 * @param status 0 when it got nothing
 * @param headers name, value, …
 * @param isWhole false when it was cut, or is still on its way
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier that is never compared
record Answer(int status, List<String> headers, byte[] body, boolean isWhole) {
  Answer {
    headers = List.copyOf(headers);
  }

  /** The whole as one text, headers by name. */
  String text() {
    StringBuilder out = new StringBuilder().append(status).append(isWhole ? "" : " (cut)");
    out.append('\n');
    List<String> lines = new java.util.ArrayList<>();
    for (int i = 0; i + 1 < headers.size(); i += 2) {
      lines.add(headers.get(i).toLowerCase(Locale.ROOT) + ": " + headers.get(i + 1));
    }
    lines.stream().sorted().forEach(line -> out.append(line).append('\n'));
    return out.append('\n').append(bodyText()).toString();
  }

  String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
