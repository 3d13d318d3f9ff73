package io.fieldmark.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The rules of the house that a machine can check. */
@AnalyzeClasses(packages = "io.fieldmark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.fieldmark";
  private static final String APPLICATION =
      "io.fieldmark.(Application|Foundation|[A-Za-z]*Assembly|InferenceTier|IngestionTier)";

  @ArchTest
  static final ArchRule DOMAIN_KNOWS_ONLY_JAVA =
      classes()
          .that()
          .resideInAPackage("io.fieldmark.domain")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.fieldmark.domain", "java..");

  @ArchTest
  static final ArchRule QUALITY_ONLY_COMPUTES =
      classes()
          .that()
          .resideInAPackage("io.fieldmark.quality")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.fieldmark.quality", "io.fieldmark.domain", "java..");

  @ArchTest
  static final ArchRule KEPT_PHOTOS_KNOW_NO_ADAPTER =
      noClasses()
          .that()
          .resideInAPackage("io.fieldmark.labelled")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fieldmark.transport.eventbus..",
              "io.fieldmark.transport.kafka..",
              "io.fieldmark.inference..",
              "io.fieldmark.ingestion..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.fieldmark.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule INGESTION_DOES_NOT_KNOW_INFERENCE =
      noClasses()
          .that()
          .resideInAPackage("io.fieldmark.ingestion..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fieldmark.inference..");

  @ArchTest
  static final ArchRule INFERENCE_DOES_NOT_KNOW_INGESTION =
      noClasses()
          .that()
          .resideInAPackage("io.fieldmark.inference..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fieldmark.ingestion..");

  @ArchTest
  static final ArchRule ONLY_THE_COMPOSITION_ROOT_KNOWS_ADAPTERS =
      noClasses()
          .that()
          .haveNameNotMatching(APPLICATION + ".*")
          .and()
          .doNotHaveFullyQualifiedName("io.fieldmark.CommandFailures")
          .and()
          .resideOutsideOfPackages(
              "io.fieldmark.transport.eventbus..",
              "io.fieldmark.transport.kafka..",
              "io.fieldmark.client..",
              "io.fieldmark.labelled..",
              "io.fieldmark.inference.djl..",
              "io.fieldmark.inference.opencv..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fieldmark.transport.eventbus..",
              "io.fieldmark.transport.kafka..",
              "io.fieldmark.labelled..",
              "io.fieldmark.inference.djl..",
              "io.fieldmark.inference.opencv..");

  @ArchTest
  static final ArchRule EVENT_BUS_IN_ITS_TRANSPORT_ONLY =
      onlyIn("io.vertx.core.eventbus..", "io.fieldmark.transport.eventbus");

  @ArchTest
  static final ArchRule DJL_IN_ITS_PACKAGE_ONLY = onlyIn("ai.djl..", "io.fieldmark.inference.djl");

  @ArchTest
  static final ArchRule OPENCV_IN_ITS_PACKAGE_ONLY =
      onlyIn("org.bytedeco..", "io.fieldmark.inference.opencv");

  @ArchTest
  static final ArchRule KAFKA_IN_ITS_TRANSPORT_CLIENTS_AND_METRICS_ONLY =
      onlyIn(
          "org.apache.kafka..",
          "io.fieldmark.transport.kafka",
          "io.fieldmark.client",
          "io.fieldmark.metrics");

  @ArchTest
  static final ArchRule VERTX_KAFKA_IN_ITS_TRANSPORT_ONLY =
      onlyIn("io.vertx.kafka..", "io.fieldmark.transport.kafka");

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_CLIENTS_BUT_MAIN =
      noClasses()
          .that()
          .haveNameNotMatching("io.fieldmark.(Main|CommandFailures).*")
          .and()
          .resideOutsideOfPackage("io.fieldmark.client")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fieldmark.client");

  @ArchTest
  static final ArchRule MICROMETER_IN_METRICS_AND_MANAGEMENT_ONLY =
      onlyIn("io.micrometer..", "io.fieldmark.metrics", "io.fieldmark.management", ROOT);

  @ArchTest
  static final ArchRule PROMETHEUS_IN_METRICS_ONLY =
      onlyIn("io.prometheus..", "io.fieldmark.metrics");

  @ArchTest
  static final ArchRule WEB_IN_INGESTION_AND_MANAGEMENT_ONLY =
      onlyIn("io.vertx.ext.web..", "io.fieldmark.ingestion", "io.fieldmark.management");

  @ArchTest
  static final ArchRule NOBODY_BLOCKS_BUT_MAIN_AND_CLIENTS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.fieldmark.Main")
          .and()
          .resideOutsideOfPackage("io.fieldmark.client")
          .should()
          .callMethodWhere(
              call(
                  Set.of("sleep", "join", "get", "await", "park"),
                  Set.of(
                      "java.lang.Thread",
                      "java.util.concurrent.Future",
                      "java.util.concurrent.CompletableFuture",
                      "java.util.concurrent.CountDownLatch",
                      "java.util.concurrent.TimeUnit",
                      "java.util.concurrent.locks.LockSupport",
                      "io.vertx.core.Await")))
          .because("an event loop that waits stops every request that it serves");

  @ArchTest
  static final ArchRule SURROUNDINGS_IN_CONFIG_ONLY =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.fieldmark.config")
          .should()
          .callMethodWhere(call(Set.of("getenv", "getProperty"), Set.of("java.lang.System")));

  @ArchTest
  static final ArchRule ONLY_MAIN_ENDS_THE_JVM =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.fieldmark.Main")
          .should()
          .callMethodWhere(
              call(Set.of("exit", "halt"), Set.of("java.lang.System", "java.lang.Runtime")));

  @ArchTest
  static final ArchRule NO_CONSOLE_IN_THE_SERVICE =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule NO_STATIC_MUTABLE_STATE =
      fields()
          .that()
          .areStatic()
          .and()
          .doNotHaveModifier(JavaModifier.SYNTHETIC)
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule NAMES_ARE_THE_FIELDS_TERMS =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("DTO");

  private static ArchRule onlyIn(String thirdParty, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(thirdParty);
  }

  private static DescribedPredicate<JavaMethodCall> call(Set<String> methods, Set<String> owners) {
    return new DescribedPredicate<>("%s of %s".formatted(methods, owners)) {
      @Override
      public boolean test(JavaMethodCall call) {
        return methods.contains(call.getName()) && owners.stream().anyMatch(o -> isA(call, o));
      }
    };
  }

  private static boolean isA(JavaMethodCall call, String owner) {
    JavaClass target = call.getTargetOwner();
    return target.getName().equals(owner)
        || target.getAllRawSuperclasses().stream().anyMatch(s -> s.getName().equals(owner));
  }
}
