/**
 * Reads the command line: options by name, in our own words when they are wrong. Open {@link
 * dev.whence.cli.options.OptionParser} first.
 *
 * <p>A library would do this as well, but the one at hand cost most of the time that {@code whence
 * dev} takes to start (docs/cli.md, "Start-up").
 */
@NullMarked
package dev.whence.cli.options;

import org.jspecify.annotations.NullMarked;
