package dev.whence.server;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a subrequest goes: the parts of an absolute URL that HTTP needs, exactly as written.
 * ({@code java.net.URI} is stricter than the URLs that workers may use.)
 *
 * <p>Thread: any (immutable).
 *
 * @param host lower case; IPv6 addresses without brackets
 * @param port never the scheme's default written as -1
 * @param target path and query, without fragment
 */
record Origin(boolean secure, String host, int port, String target) {

  /** Reads a URL; null when it is not an absolute http or https one. */
  static @Nullable Origin of(String url) {
    boolean secure = url.regionMatches(true, 0, "https://", 0, 8);
    if (!secure && !url.regionMatches(true, 0, "http://", 0, 7)) {
      return null;
    }
    int start = secure ? 8 : 7;
    int authorityEnd = endOfAuthority(url, start);
    String authority = url.substring(start, authorityEnd);
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    int fragment = url.indexOf('#', authorityEnd);
    String target = url.substring(authorityEnd, fragment < 0 ? url.length() : fragment);
    int colon = authority.lastIndexOf(':');
    int port = secure ? 443 : 80;
    String host = authority;
    if (colon > authority.lastIndexOf(']')) {
      host = authority.substring(0, colon);
      if (colon + 1 < authority.length()) {
        port = portOf(authority.substring(colon + 1));
      }
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty() || port < 1 || !isSendable(target)) {
      return null;
    }
    return new Origin(
        secure,
        host.toLowerCase(Locale.ROOT),
        port,
        target.startsWith("/") ? target : "/" + target);
  }

  /** For example {@code http://example.com:8080/}: without the path, which may hold secrets. */
  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority() + "/";
  }

  /** Value of the Host header. */
  String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }

  private static int endOfAuthority(String url, int start) {
    for (int i = start; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '/' || c == '?' || c == '#' || c == '\\') {
        return i;
      }
    }
    return url.length();
  }

  private static int portOf(String digits) {
    if (!HeaderRules.isLength(digits)) {
      return -1;
    }
    long port = Long.parseLong(digits);
    return port <= 65_535 ? (int) port : -1;
  }

  private static boolean isSendable(String target) {
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) >= 127) {
        return false;
      }
    }
    return true;
  }
}
