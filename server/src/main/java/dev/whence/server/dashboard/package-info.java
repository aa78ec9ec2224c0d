/**
 * The loop, live: what the admin port shows of the worker's requests, as files for a browser and as
 * JSON. Open {@link dev.whence.server.dashboard.Dashboard} first, then {@code Feed}.
 */
@NullMarked
package dev.whence.server.dashboard;

import org.jspecify.annotations.NullMarked;
