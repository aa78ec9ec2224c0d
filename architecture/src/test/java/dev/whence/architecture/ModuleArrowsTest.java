package dev.whence.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;

/**
 * The picture of the modules as a test: who may use whom, and who owns which library.
 *
 * <p>Thread: any (immutable).
 */
@AnalyzeClasses(packages = "dev.whence", importOptions = DoNotIncludeTests.class)
class ModuleArrowsTest {

  /** From the bottom up; a module uses only modules to its left. */
  private static final List<String> MODULES =
      List.of(
          "loop", "explain", "engine", "webapi", "runtime", "testkit", "explore", "server", "cli",
          "junit");

  @ArchTest static final ArchRule aModuleUsesOnlyModulesListedAboveIt = arrows();

  @ArchTest
  static final ArchRule testkitStaysOutOfMainCode =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.whence.testkit..", "dev.whence.junit..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.whence.testkit..")
          .because("testkit is for tests, ours and those of our users")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("dev.whence.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyEngineKnowsJavet =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.whence.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.caoccao.javet..")
          .because("V8 is reached through engine's own types")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyServerAndCliKnowVertx =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.whence.server..", "dev.whence.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..")
          .because("the runtime is embeddable without sockets")
          .allowEmptyShould(true);

  private static ArchRule arrows() {
    LayeredArchitecture architecture =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (String module : MODULES) {
      architecture = architecture.layer(module).definedBy("dev.whence." + module + "..");
    }
    for (int i = 0; i < MODULES.size(); i++) {
      String[] above = MODULES.subList(0, i).toArray(String[]::new);
      architecture =
          above.length == 0
              ? architecture.whereLayer(MODULES.get(i)).mayNotAccessAnyLayer()
              : architecture.whereLayer(MODULES.get(i)).mayOnlyAccessLayers(above);
    }
    return architecture.allowEmptyShould(true);
  }
}
