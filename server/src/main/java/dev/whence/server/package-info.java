/**
 * The HTTP front on Vert.x: listening sockets, the worker that is served and its replacement, and
 * the transport of workers' subrequests. It knows nothing of the command line. Open {@code Server}
 * first.
 */
@NullMarked
package dev.whence.server;

import org.jspecify.annotations.NullMarked;
