package dev.whence.conformance.e2e;

import dev.whence.conformance.e2e.HttpConnection.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests at once: each on a connection of its own, all sent before any answer is read. Thread:
 * the test's.
 */
final class Burst implements AutoCloseable {
  private final List<HttpConnection> connections = new ArrayList<>();

  private Burst() {}

  /** Sends requests of {@code /0}, {@code /1} and so on. */
  static Burst send(int port, int requests, String... headerLines) {
    Burst burst = new Burst();
    for (int i = 0; i < requests; i++) {
      burst.connections.add(HttpConnection.to(port));
    }
    for (int i = 0; i < requests; i++) {
      burst.connections.get(i).send("GET", "/" + i, headerLines);
    }
    return burst;
  }

  /** Sends them and waits for the answers. */
  static List<Answer> of(int port, int requests, String... headerLines) {
    try (Burst burst = send(port, requests, headerLines)) {
      return burst.answers();
    }
  }

  /** Waits for the answers; in the order of the requests. */
  List<Answer> answers() {
    return connections.stream().map(HttpConnection::answer).toList();
  }

  @Override
  public void close() {
    connections.forEach(HttpConnection::close);
  }
}
