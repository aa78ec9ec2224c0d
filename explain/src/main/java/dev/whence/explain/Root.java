package dev.whence.explain;

/**
 * The hang that dragged this one along.
 *
 * <p>Thread: any (immutable).
 *
 * @param request the name of the request that hung first
 */
public record Root(String request, CauseKind kind, String summary) {}
