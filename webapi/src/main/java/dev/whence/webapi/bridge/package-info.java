/**
 * The wire form in which a worker's JavaScript and its host talk: one text a turn each way, bytes
 * beside it. Open {@code Commands} first.
 */
@NullMarked
package dev.whence.webapi.bridge;

import org.jspecify.annotations.NullMarked;
