/**
 * The request-aware event loop: turns, request contexts, pending events and the decision that a
 * request hangs. It knows no V8, no socket and no real clock; those are its ports {@code Engine},
 * {@code Scheduler} and {@code Clock}. Open {@code EventLoop} first.
 */
@NullMarked
package dev.whence.loop;

import org.jspecify.annotations.NullMarked;
