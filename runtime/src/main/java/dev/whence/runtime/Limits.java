package dev.whence.runtime;

import java.time.Duration;

/**
 * Bounds of one worker; each has a documented effect when it is reached (docs/limits.md).
 *
 * @param cpu JavaScript time of one request: outcome {@code exceededCpu}, status 503
 * @param memoryMb V8 heap of one isolate in MiB: outcome {@code exceededMemory}, status 503, and
 *     the isolate is replaced
 * @param startup time for a worker's top-level code
 * @param waitUntil time for waitUntil work after the answer (rule 1.10)
 * @param subrequests fetches of one request
 * @param timers active timers of one request (rule 8.3)
 * @param inFlight requests in flight per isolate; beyond it, 503 with Retry-After
 * @param logBytes bytes logged by one request (rule 9.6)
 */
public record Limits(
    Duration cpu,
    int memoryMb,
    Duration startup,
    Duration waitUntil,
    int subrequests,
    int timers,
    int inFlight,
    int logBytes) {

  /** The limits when nothing is configured. */
  public static Limits defaults() {
    return new Limits(
        Duration.ofSeconds(30),
        128,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        1000,
        10_000,
        10_000,
        256 * 1024);
  }
}
