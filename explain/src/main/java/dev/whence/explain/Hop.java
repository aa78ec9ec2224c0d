package dev.whence.explain;

/**
 * One step between a request's answer and the promise that it hangs on.
 *
 * <p>Thread: any (immutable).
 *
 * @param what how this step waits for the next, for example {@code awaits} or {@code Promise.all}
 */
public record Hop(String what, Site at) {}
