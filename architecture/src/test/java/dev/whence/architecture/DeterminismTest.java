package dev.whence.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * What keeps a schedule repeatable: these modules take order and time only from what they are
 * given, their {@code Scheduler} and {@code Clock}.
 *
 * <p>Thread: any (immutable).
 */
@AnalyzeClasses(packages = "dev.whence", importOptions = DoNotIncludeTests.class)
class DeterminismTest {

  private static final String[] REPEATABLE_MODULES = {
    "dev.whence.loop..", "dev.whence.explain..", "dev.whence.explore.."
  };

  /** Sources of time, chance and order other than {@code Clock} and {@code Scheduler}. */
  private static final Set<String> OUTSIDE_INFLUENCES =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.identityHashCode",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.lang.Thread.sleep",
          "java.lang.Thread.start",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.util.concurrent.ForkJoinPool.commonPool");

  @ArchTest
  static final ArchRule loopDependsOnNothingButTheJdk =
      noClasses()
          .that()
          .resideInAPackage("dev.whence.loop..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("dev.whence.loop..", "java..", "org.jspecify..")
          .because("the loop must run without V8, sockets and a real clock")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule repeatableModulesAskNobodyElseForTimeOrChance =
      noClasses()
          .that()
          .resideInAnyPackage(REPEATABLE_MODULES)
          .should()
          .callCodeUnitWhere(readsTimeOrChance())
          .because("the same schedule must give the same run; take a Clock or a Scheduler instead")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule repeatableModulesKeepInsertionOrder =
      noClasses()
          .that()
          .resideInAnyPackage(REPEATABLE_MODULES)
          .should()
          .callCodeUnitWhere(createsUnorderedCollection())
          .because("order is part of the behaviour here; use LinkedHashMap or LinkedHashSet")
          .allowEmptyShould(true);

  private static DescribedPredicate<JavaCall<?>> readsTimeOrChance() {
    return DescribedPredicate.describe(
        "reads the system clock, an unseeded source of chance or starts a thread",
        call ->
            OUTSIDE_INFLUENCES.contains(call.getTargetOwner().getFullName() + "." + call.getName())
                || createsUnseededRandom(call)
                || call.getTargetOwner().isEquivalentTo(Executors.class));
  }

  private static boolean createsUnseededRandom(JavaCall<?> call) {
    return call.getTargetOwner().isEquivalentTo(Random.class)
        && call.getName().equals("<init>")
        && call.getTarget().getRawParameterTypes().isEmpty();
  }

  private static DescribedPredicate<JavaCall<?>> createsUnorderedCollection() {
    Set<String> unordered =
        Set.of(
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.IdentityHashMap",
            "java.util.concurrent.ConcurrentHashMap");
    return DescribedPredicate.describe(
        "creates a collection whose order is chance",
        call ->
            call.getName().equals("<init>")
                && unordered.contains(call.getTargetOwner().getFullName()));
  }
}
