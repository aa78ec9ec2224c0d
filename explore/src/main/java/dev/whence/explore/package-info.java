/**
 * The schedule explorer: runs a few requests against a worker in the orders that it chooses, until
 * one shows a bug; shrinks and replays it. Time, order and chance are functions of a {@link
 * dev.whence.explore.Schedule}. Open {@code Explorer} first, then {@code Rehearsal}.
 */
@NullMarked
package dev.whence.explore;

import org.jspecify.annotations.NullMarked;
