/**
 * What the command line and the files of a project say: wrangler configurations, {@code .dev.vars},
 * limits, compatibility dates. Open {@link dev.whence.cli.config.WranglerConfig} first.
 */
@NullMarked
package dev.whence.cli.config;

import org.jspecify.annotations.NullMarked;
