package dev.whence.junit;

import dev.whence.testkit.TestWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives {@link WorkerTest}s their parameters. Thread: the test's. */
final class WorkerTestExtension implements ParameterResolver, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(WorkerTestExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestWorker.class || type == Exploration.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Path file = WorkerFiles.find(worker(test));
    if (parameter.getParameter().getType() == Exploration.class) {
      return new Exploration(file);
    }
    return test.getStore(NAMESPACE)
        .getOrComputeIfAbsent(TestWorker.class, unused -> start(file), TestWorker.class);
  }

  private static String worker(ExtensionContext test) {
    return test.getTestMethod()
        .flatMap(method -> AnnotationSupport.findAnnotation(method, WorkerTest.class))
        .map(WorkerTest::value)
        .orElseThrow(() -> new ParameterResolutionException("the test has no @WorkerTest"));
  }

  private static TestWorker start(Path file) {
    try {
      return TestWorker.of(String.valueOf(file.getFileName()), Files.readString(file))
          .explained()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void afterEach(ExtensionContext test) {
    TestWorker worker = test.getStore(NAMESPACE).remove(TestWorker.class, TestWorker.class);
    if (worker != null) {
      worker.close();
    }
  }
}
