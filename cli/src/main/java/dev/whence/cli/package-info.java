/**
 * The {@code whence} command: a class per subcommand, configuration files and printing. Open {@link
 * dev.whence.cli.Whence} first.
 */
@NullMarked
package dev.whence.cli;

import org.jspecify.annotations.NullMarked;
