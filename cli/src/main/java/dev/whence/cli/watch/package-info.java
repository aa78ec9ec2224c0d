/**
 * Notices that a worker's files have changed. Open {@link dev.whence.cli.watch.FileWatcher} first.
 */
@NullMarked
package dev.whence.cli.watch;

import org.jspecify.annotations.NullMarked;
