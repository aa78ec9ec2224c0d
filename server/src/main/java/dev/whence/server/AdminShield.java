package dev.whence.server;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * Keeps workers' subrequests away from the admin port of their own host: any address of this
 * machine, under whatever name, together with that port. It looks at resolved addresses, the very
 * ones that are then connected to, so that no name or spelling ({@code localhost}, {@code 0.0.0.0},
 * {@code ::1}, {@code ::ffff:127.0.0.1}) gets around it.
 *
 * <p>Thread: any.
 */
final class AdminShield {

  private volatile int port;

  /** From now on this port is refused. */
  void protect(int adminPort) {
    port = adminPort;
  }

  /** True when a worker may not connect there. */
  boolean refuses(InetAddress address, int toPort) {
    return toPort == port && port != 0 && isThisMachine(address);
  }

  private static boolean isThisMachine(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return true;
    }
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }
}
