package dev.whence.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of a worker. Its parameters may be a {@link dev.whence.testkit.TestWorker}, which runs
 * while the test does, and an {@link Exploration}.
 *
 * <pre>
 * &#64;WorkerTest("src/worker.js")
 * void answersItsName(TestWorker worker) {
 *   assertThat(worker.get("/").answer().text()).isEqualTo("whence");
 * }
 *
 * &#64;WorkerTest("src/worker.js")
 * void neverHangs(Exploration exploration) {
 *   exploration.requests("GET /a", "GET /b").assertNoHang();
 * }
 * </pre>
 */
@Documented
@Test
@ExtendWith(WorkerTestExtension.class)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface WorkerTest {
  /** The worker's file, in the working folder or on the class path. */
  String value();
}
