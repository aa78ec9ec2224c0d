/**
 * The embeddable library: loop, engine and web APIs put together, with limits and trace items. It
 * opens no listening socket; {@code server} does. Open {@code Worker} first.
 */
@NullMarked
package dev.whence.runtime;

import org.jspecify.annotations.NullMarked;
