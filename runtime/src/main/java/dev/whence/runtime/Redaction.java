package dev.whence.runtime;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of trace items (workers-semantics.md, section 16, event.request).
 *
 * <p>Thread: any.
 */
final class Redaction {
  static final String REDACTED = "REDACTED";
  private static final List<String> SECRET_PARTS = List.of("auth", "jwt", "key", "secret", "token");
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9+_\\-]{13,}");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F\\-]+");

  private Redaction() {}

  /** Whether the value of a header must not be shown. */
  static boolean isSecretHeader(String lowerCaseName) {
    if (lowerCaseName.equals("cookie") || lowerCaseName.equals("set-cookie")) {
      return true;
    }
    return SECRET_PARTS.stream().anyMatch(lowerCaseName::contains);
  }

  /** Path and query of a URL, redacted. */
  static String path(String url) {
    int host = url.indexOf("://");
    int path = url.indexOf('/', host < 0 ? 0 : host + 3);
    return url(path < 0 ? url : url.substring(path));
  }

  /** A URL in which runs that look like identifiers, keys or card numbers are hidden. */
  static String url(String url) {
    Matcher matcher = RUN.matcher(url);
    StringBuilder out = null;
    int copied = 0;
    while (matcher.find()) {
      if (isSecret(matcher.group())) {
        if (out == null) {
          out = new StringBuilder();
        }
        out.append(url, copied, matcher.start()).append(REDACTED);
        copied = matcher.end();
      }
    }
    return out == null ? url : out.append(url, copied, url.length()).toString();
  }

  private static boolean isSecret(String run) {
    int upper = 0;
    int lower = 0;
    int digits = 0;
    int hexDigits = 0;
    for (int i = 0; i < run.length(); i++) {
      char c = run.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        upper++;
      } else if (c >= 'a' && c <= 'z') {
        lower++;
      } else if (c >= '0' && c <= '9') {
        digits++;
      }
      if (Character.digit(c, 16) >= 0) {
        hexDigits++;
      }
    }
    if (hexDigits >= 32 && HEX.matcher(run).matches()) {
      return true;
    }
    if (run.length() >= 21 && upper >= 2 && lower >= 2 && digits >= 2) {
      return true;
    }
    return isCardNumber(run, digits);
  }

  private static boolean isCardNumber(String run, int digits) {
    if (digits < 13 || digits > 19 || !run.replace("-", "").chars().allMatch(Character::isDigit)) {
      return false;
    }
    int sum = 0;
    boolean twice = false;
    for (int i = run.length() - 1; i >= 0; i--) {
      int digit = run.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        continue;
      }
      int value = twice ? digit * 2 : digit;
      sum += value > 9 ? value - 9 : value;
      twice = !twice;
    }
    return sum % 10 == 0;
  }

  static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
