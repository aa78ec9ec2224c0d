/**
 * Tests of workers in JUnit 5: {@code @WorkerTest} gives a test a running worker, {@code
 * Whence.explore} looks for schedules under which it fails. Open {@code Whence} first.
 */
@NullMarked
package dev.whence.junit;

import org.jspecify.annotations.NullMarked;
