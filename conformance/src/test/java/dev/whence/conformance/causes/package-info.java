/**
 * Workers that hang, and workers that only look as if they would, each paired with the cards
 * expected of them: the folder {@code conformance/causes}. Open {@code CausesTest} first.
 */
@NullMarked
package dev.whence.conformance.causes;

import org.jspecify.annotations.NullMarked;
