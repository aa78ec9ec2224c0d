package dev.whence.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the addresses of host names with the JVM's resolver, off the event loops, and remembers
 * them for a short while.
 *
 * <p>Thread: any; guarded by known.
 */
final class HostAddresses {

  private static final Duration REMEMBERED = Duration.ofSeconds(30);
  private static final int MOST_REMEMBERED = 1000;

  private record Answer(List<InetAddress> addresses, long expiresNanos) {}

  private final Vertx vertx;
  private final Map<String, Answer> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  HostAddresses(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * The addresses of a host, at least one, in the order to try them.
   *
   * @return fails with an UnknownHostException when there are none
   */
  Future<List<InetAddress>> of(String host) {
    Answer entry;
    synchronized (known) {
      entry = known.get(host);
    }
    if (entry != null && System.nanoTime() - entry.expiresNanos() < 0) {
      return Future.succeededFuture(entry.addresses());
    }
    InetAddress literal = literal(host);
    if (literal != null) {
      return Future.succeededFuture(remember(host, List.of(literal)));
    }
    return vertx
        .executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false)
        .map(addresses -> remember(host, addresses));
  }

  private List<InetAddress> remember(String host, List<InetAddress> addresses) {
    synchronized (known) {
      known.remove(host);
      known.put(host, new Answer(addresses, System.nanoTime() + REMEMBERED.toNanos()));
    }
    return addresses;
  }

  /** An address written as digits needs no look-up. */
  private static @Nullable InetAddress literal(String host) {
    boolean ipv6 = host.indexOf(':') >= 0;
    boolean ipv4 = host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    if (!ipv6 && !ipv4) {
      return null;
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
