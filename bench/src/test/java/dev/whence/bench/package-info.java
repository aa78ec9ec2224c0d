/** What things cost, as ratios of alternating runs. Open {@link dev.whence.bench.Contest} first. */
@NullMarked
package dev.whence.bench;

import org.jspecify.annotations.NullMarked;
