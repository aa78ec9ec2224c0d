package dev.whence.explore;

/**
 * One decision of a schedule: something that happens although something else would be next.
 *
 * <p>Thread: any (immutable).
 *
 * @param after how many decisions are left as they come before this one
 * @param key names what happens; see {@link Choice}
 */
record Deviation(int after, String key) {}
