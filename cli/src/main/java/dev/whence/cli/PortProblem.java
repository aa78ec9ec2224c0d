package dev.whence.cli;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Words for ports that cannot be opened. */
final class PortProblem {
  private PortProblem() {}

  /**
   * Says what to do.
   *
   * @param failure of opening; the causes are looked at as well
   * @param option the one that chooses another port
   */
  static Serving.PortException of(IOException failure, String host, int port, String option) {
    String reason = reasons(failure);
    if (reason.contains("in use")) {
      return new Serving.PortException(
          "port %d on %s is in use; stop what uses it, or choose another with %s (0: any free one)"
              .formatted(port, host, option));
    }
    if (reason.contains("permission denied")) {
      return new Serving.PortException(
          "port %d needs more rights than whence has; choose one from 1024 on with %s"
              .formatted(port, option));
    }
    if (reason.contains("cannot assign") || reason.contains("unresolved") || isUnknown(failure)) {
      return new Serving.PortException(
          "'%s' is no address of this machine; choose another with --host, for example 127.0.0.1"
              .formatted(host));
    }
    return new Serving.PortException(
        "port %d on %s cannot be opened: %s".formatted(port, host, failure.getMessage()));
  }

  private static boolean isUnknown(Throwable failure) {
    return failure instanceof UnknownHostException
        || (failure.getCause() != null && isUnknown(failure.getCause()));
  }

  /** The most basic cause tells most. */
  private static String reasons(Throwable failure) {
    Throwable basic = failure;
    while (basic.getCause() != null) {
      basic = basic.getCause();
    }
    return String.valueOf(basic.getMessage()).toLowerCase(Locale.ROOT);
  }
}
