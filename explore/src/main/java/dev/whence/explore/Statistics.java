package dev.whence.explore;

/**
 * How an exploration goes.
 *
 * <p>Thread: any (immutable).
 *
 * @param schedules that were run, beside those that only learn what is normal or make a finding
 *     smaller
 * @param distinct of them
 * @param findings different ones
 * @param decisions of the longest
 * @param coverage how much of the bounded space was covered, in words
 * @param isolates that were needed
 */
public record Statistics(
    int schedules, int distinct, int findings, int decisions, String coverage, int isolates) {}
