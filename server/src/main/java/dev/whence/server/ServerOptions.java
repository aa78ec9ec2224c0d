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
 * @param showCauses whether clients see why their request failed, with the worker's files and
 *     source: only where they are its author
 * @param recording when what requests do is recorded, for the dashboard
 */
public record ServerOptions(
    String host,
    int port,
    String adminHost,
    int adminPort,
    Duration headersTime,
    Duration idleTime,
    Duration retireTime,
    boolean showCauses,
    Recording recording) {

  /** The given addresses, the admin front on this machine only, the usual times, no causes. */
  public static ServerOptions of(String host, int port, int adminPort) {
    return new ServerOptions(
        host,
        port,
        "127.0.0.1",
        adminPort,
        Duration.ofSeconds(30),
        Duration.ofSeconds(75),
        Duration.ofSeconds(60),
        false,
        Recording.WHILE_WATCHED);
  }

  /** The same, with what requests do recorded at another time. */
  public ServerOptions recording(Recording when) {
    return new ServerOptions(
        host, port, adminHost, adminPort, headersTime, idleTime, retireTime, showCauses, when);
  }

  /** The same for a worker whose clients are its author. */
  public ServerOptions showingCauses() {
    return new ServerOptions(
        host, port, adminHost, adminPort, headersTime, idleTime, retireTime, true, recording);
  }
}
