package dev.whence.explain;

/**
 * Who settled a promise when its request had ended, so that nobody heard of it.
 *
 * <p>Thread: any (immutable).
 *
 * @param request its name, for example {@code r3}
 * @param at the call
 * @param afterMillis since the end of the promise's request
 */
public record Settler(String request, CallStack at, long afterMillis) {}
