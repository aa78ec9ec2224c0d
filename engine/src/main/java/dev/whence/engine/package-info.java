/**
 * A V8 isolate on its own thread: start, load a module, call, wake, terminate, heap limit, promise
 * hooks. The only module that imports Javet; it knows neither HTTP nor Workers. Open {@code
 * V8Isolate} first.
 */
@NullMarked
package dev.whence.engine;

import org.jspecify.annotations.NullMarked;
