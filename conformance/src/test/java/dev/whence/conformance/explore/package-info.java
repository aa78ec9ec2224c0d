/**
 * The explorer against a corpus of faulty workers and their repaired twins ({@code
 * conformance/explore}).
 */
@NullMarked
package dev.whence.conformance.explore;

import org.jspecify.annotations.NullMarked;
