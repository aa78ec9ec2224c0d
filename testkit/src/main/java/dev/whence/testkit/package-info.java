/**
 * Hand-written fakes for the tests of other modules, and a harness that runs a worker script. Time
 * moves here only when a test moves {@code ManualClock}. Open {@code WorkerTest} first.
 */
@NullMarked
package dev.whence.testkit;

import org.jspecify.annotations.NullMarked;
