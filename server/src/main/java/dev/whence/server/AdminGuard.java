package dev.whence.server;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages out of the admin port. A page that the operator happens to visit may send
 * requests to 127.0.0.1, under that name (cross-origin) or under one of its own that it has pointed
 * there (DNS rebinding). Neither gets an answer: the {@code Host} must be an address of this
 * machine or {@code localhost}, and what browsers say about where a request comes from must be this
 * origin.
 *
 * <p>Thread: any (stateless).
 */
final class AdminGuard {
  private AdminGuard() {}

  /** Why the request is refused, or null when it is not. */
  static @Nullable ShortAnswer refusal(HttpServerRequest request) {
    HostAndPort host = request.authority();
    if (host == null || !isOwnHost(host.host(), request.localAddress())) {
      return new ShortAnswer(403, "The admin port answers to localhost and its own address only.");
    }
    if (isCrossOrigin(request)) {
      return new ShortAnswer(403, "The admin port does not answer to other origins.");
    }
    if (!request.method().equals(HttpMethod.GET)) {
      return new ShortAnswer(405, "The admin port knows GET only.");
    }
    return null;
  }

  private static boolean isOwnHost(String host, @Nullable SocketAddress local) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    boolean isLoopback =
        name.equals("localhost") || name.equals("::1") || name.matches("127(\\.\\d{1,3}){3}");
    return isLoopback || (local != null && name.equals(local.hostAddress()));
  }

  private static boolean isCrossOrigin(HttpServerRequest request) {
    MultiMap headers = request.headers();
    String origin = headers.get("origin");
    if (origin != null && !origin.equals("http://" + headers.get("host"))) {
      return true;
    }
    String site = headers.get("sec-fetch-site");
    boolean isOwn = site == null || site.equals("same-origin") || site.equals("none");
    return !isOwn && !isFollowedLink(request);
  }

  /**
   * A link to the dashboard from elsewhere is fine: the page cannot be read by who linked to it.
   */
  private static boolean isFollowedLink(HttpServerRequest request) {
    return "/".equals(request.path())
        && "navigate".equals(request.headers().get("sec-fetch-mode"))
        && "document".equals(request.headers().get("sec-fetch-dest"));
  }

  /** What browsers are to do with any answer of this port. */
  static void protect(HttpServerResponse response) {
    response
        .putHeader(
            "content-security-policy",
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("x-frame-options", "DENY")
        .putHeader("referrer-policy", "no-referrer")
        .putHeader("cross-origin-resource-policy", "same-origin")
        .putHeader("cross-origin-opener-policy", "same-origin")
        .putHeader("cache-control", "no-store");
  }
}
