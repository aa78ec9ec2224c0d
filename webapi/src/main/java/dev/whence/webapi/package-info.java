/**
 * What a worker sees, a package per standard: fetch, timers, console, streams, crypto, bindings.
 * The host side is here, the thin JavaScript beside it in the resources. Open the package of the
 * standard you are looking for first.
 */
@NullMarked
package dev.whence.webapi;

import org.jspecify.annotations.NullMarked;
