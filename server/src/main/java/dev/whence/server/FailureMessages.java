package dev.whence.server;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Failures of subrequests in one sentence: the origin and the reason.
 *
 * <p>Thread: any (stateless).
 */
final class FailureMessages {

  private FailureMessages() {}

  /** No connection could be had. */
  static String connecting(Origin origin, Throwable failure) {
    if (failure instanceof VertxTransport.RefusedException) {
      return "connect to "
          + origin
          + " refused: it is the admin port of this server, which workers may not reach";
    }
    return "connect to " + origin + " failed: " + reason(failure);
  }

  /** The connection was there, the response did not come. */
  static String answering(Origin origin, Throwable failure) {
    if (isClosed(failure)) {
      return origin + " closed the connection before it answered";
    }
    return "request to " + origin + " failed: " + reason(failure);
  }

  /** The response began and broke off. */
  static String reading(Origin origin, Throwable failure) {
    if (isClosed(failure)) {
      return origin + " closed the connection before the response body was complete";
    }
    return "reading the response body of " + origin + " failed: " + reason(failure);
  }

  /** True when the other side ended the connection. */
  static boolean isClosed(Throwable failure) {
    return failure instanceof HttpClosedException
        || (failure instanceof IOException
            && !(failure instanceof ConnectException)
            && !(failure instanceof UnknownHostException)
            && !(failure instanceof SSLException));
  }

  private static String reason(Throwable failure) {
    String message = text(failure);
    String lower = message.toLowerCase(Locale.ROOT);
    if (failure instanceof UnknownHostException) {
      return "host name not found";
    }
    if (failure instanceof NoRouteToHostException) {
      return "no route to host";
    }
    if (failure instanceof ConnectionPoolTooBusyException) {
      return "too many requests wait for a connection to it";
    }
    if (lower.contains("connection refused")) {
      return "connection refused";
    }
    if (failure instanceof ConnectException && lower.contains("timed out")) {
      return "no answer within 10 seconds";
    }
    SSLException tls = tlsFailure(failure);
    return tls != null ? "TLS: " + text(deepest(tls)) : message;
  }

  private static @Nullable SSLException tlsFailure(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException tls) {
        return tls;
      }
    }
    return null;
  }

  private static Throwable deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
