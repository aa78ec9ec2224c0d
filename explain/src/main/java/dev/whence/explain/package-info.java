/**
 * The cause of a hang: what was waited for, who made it, why it cannot settle, what to change. Open
 * {@link dev.whence.explain.Explainer} first.
 */
@NullMarked
package dev.whence.explain;

import org.jspecify.annotations.NullMarked;
