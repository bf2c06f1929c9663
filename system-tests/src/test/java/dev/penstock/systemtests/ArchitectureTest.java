package dev.penstock.systemtests;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which way dependencies point: `schemas <- generator-stream -> generators`, and `schemas, runtime <- every service`.
final class ArchitectureTest {

  private static final JavaClasses PENSTOCK =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.penstock");

  @Test
  void seesEveryModule() {
    for (String module :
        new String[] {"schemas", "runtime", "producer", "generators", "generatorstream", "sink", "standalone", "chaos", "bench"})
      assertThat(PENSTOCK.stream()).anyMatch(type -> type.getPackageName().startsWith("dev.penstock." + module));
  }

  @Test
  void schemasNeedNothingButKafkaClientsAvroAndJackson() {
    classes()
        .that(resideInAPackage("dev.penstock.schemas.."))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java..",
                "javax.net.ssl..",
                "dev.penstock.schemas..",
                "org.apache.kafka.clients..",
                "org.apache.kafka.common..",
                "org.apache.avro..",
                "com.fasterxml.jackson..",
                "org.jspecify.."))
        .check(PENSTOCK);
  }

  @Test
  void generatorsKnowNeitherKafkaNorAnyOtherModule() {
    noClasses()
        .that(resideInAPackage("dev.penstock.generators.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.apache.kafka..")
                .or(resideInAPackage("dev.penstock..").and(resideOutsideOfPackages("dev.penstock.generators.."))))
        .check(PENSTOCK);
  }

  @Test
  void onlyOnePackageKnowsOnnxRuntime() {
    noClasses()
        .that(resideOutsideOfPackages("dev.penstock.generators.onnx"))
        .should()
        .dependOnClassesThat(resideInAPackage("ai.onnxruntime.."))
        .check(PENSTOCK);
  }

  @Test
  void onlyMediaKnowsFfmpeg() {
    noClasses()
        .that(resideOutsideOfPackages("dev.penstock.generators.media.."))
        .should()
        .dependOnClassesThat(resideInAPackage("org.bytedeco.."))
        .check(PENSTOCK);
  }

  @Test
  void runtimeKnowsNoService() {
    noClasses()
        .that(resideInAPackage("dev.penstock.runtime.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.penstock..")
                .and(resideOutsideOfPackages("dev.penstock.runtime..", "dev.penstock.schemas..")))
        .check(PENSTOCK);
  }

  @Test
  void servicesDoNotKnowEachOther() {
    slices()
        .matching("dev.penstock.(producer|generatorstream|sink)..")
        .should()
        .notDependOnEachOther()
        .check(PENSTOCK);
  }

  @Test
  void nobodyNeedsStandaloneButChaosAndTheBenchmarks() {
    noClasses()
        .that(resideOutsideOfPackages("dev.penstock.standalone..", "dev.penstock.chaos..", "dev.penstock.bench.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage("dev.penstock.standalone..", "dev.penstock.chaos..", "dev.penstock.bench.."))
        .check(PENSTOCK);
  }

  @Test
  void kafkaStreamsIsKnownToGeneratorStreamAndTheBenchmarksOnly() {
    noClasses()
        .that(resideOutsideOfPackages("dev.penstock.generatorstream..", "dev.penstock.bench.."))
        .should()
        .dependOnClassesThat(resideInAPackage("org.apache.kafka.streams.."))
        .check(PENSTOCK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"schemas", "runtime", "producer", "generators", "generatorstream", "sink", "standalone", "chaos"})
  void packagesOfAModuleFormNoCycle(String module) {
    slices().assignedFrom(new PackagesOf(module)).should().beFreeOfCycles().check(PENSTOCK);
  }

  /// Its root package is left out: it holds what all below implement beside what puts them together.
  @Test
  void packagesBelowTheRootOfTheBenchmarksFormNoCycle() {
    slices().matching("dev.penstock.bench.(**)").should().beFreeOfCycles().check(PENSTOCK);
  }

  @Test
  void theStepEngineKnowsNoFamilyAndNoModelFile() {
    noClasses()
        .that(resideInAPackage("dev.penstock.generators.engine.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.penstock.generators..")
                .and(
                    resideOutsideOfPackages(
                        "dev.penstock.generators", "dev.penstock.generators.engine..", "dev.penstock.generators.onnx")))
        .check(PENSTOCK);
  }

  @Test
  void whatAGenerationIsKnowsNoEngineAndNoFamily() {
    noClasses()
        .that(resideInAPackage("dev.penstock.generators"))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.penstock.generators.*.."))
        .check(PENSTOCK);
  }

  /// One slice a package, the module's root package among them.
  private record PackagesOf(String module) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName() + ".";
      return name.startsWith("dev.penstock." + module + ".")
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages of " + module;
    }
  }
}
