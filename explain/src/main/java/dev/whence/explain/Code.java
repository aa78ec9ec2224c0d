package dev.whence.explain;

/**
 * The source line to look at, with its surroundings.
 *
 * <p>Thread: any (immutable).
 *
 * @param at the place in it
 * @param source the whole text of the file
 */
public record Code(Site at, String source) {}
