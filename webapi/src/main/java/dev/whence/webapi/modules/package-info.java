/**
 * Which module an import means, and how a place in one is shown. Open {@link
 * dev.whence.webapi.modules.ModuleNames} first; rewriting and stack traces are the JavaScript
 * beside it in the resources.
 */
@NullMarked
package dev.whence.webapi.modules;

import org.jspecify.annotations.NullMarked;
