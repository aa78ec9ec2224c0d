/** How trace items and errors are shown. Open {@link dev.whence.cli.print.TracePrinter} first. */
@NullMarked
package dev.whence.cli.print;

import org.jspecify.annotations.NullMarked;
