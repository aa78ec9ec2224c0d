package dev.whence.server;

import java.time.Duration;

/**
 * Where a {@link Server} listens and how long it waits.
 *
 * <p>Thread: any (immutable).
 *
 * @param host address that workers are served on
 * @param port its port; 0 for any free one
 * @param adminHost address of the admin front
 * @param adminPort its port; 0 for any free one
 * @param headersTime how long a client may take to send a request's head before it gets a 408
 * @param idleTime how long a connection without a request is kept
 * @param retireTime how long a replaced worker may take to finish its requests and waitUntil work
 */
public record ServerOptions(
    String host,
    int port,
    String adminHost,
    int adminPort,
    Duration headersTime,
    Duration idleTime,
    Duration retireTime) {

  /** The given addresses, the admin front on this machine only, and the usual times. */
  public static ServerOptions of(String host, int port, int adminPort) {
    return new ServerOptions(
        host,
        port,
        "127.0.0.1",
        adminPort,
        Duration.ofSeconds(30),
        Duration.ofSeconds(75),
        Duration.ofSeconds(60));
  }
}
