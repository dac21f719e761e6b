package org.eveproof.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;

/** Dependencies point one way; what must not be used is not used. */
@AnalyzeClasses(packages = "org.eveproof", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

  @ArchTest
  static final ArchRule dependenciesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("protocol")
          .definedBy("org.eveproof.protocol..")
          .layer("quantum")
          .definedBy("org.eveproof.quantum..")
          .layer("postprocessing")
          .definedBy("org.eveproof.postprocessing..")
          .layer("authentication")
          .definedBy("org.eveproof.authentication..")
          .layer("bootstrap")
          .definedBy("org.eveproof.bootstrap..")
          .layer("handover")
          .definedBy("org.eveproof.handover..")
          .layer("delivery")
          .definedBy("org.eveproof.delivery..")
          .layer("transport")
          .definedBy("org.eveproof.transport..")
          .layer("session")
          .definedBy("org.eveproof.session..")
          .layer("adversary")
          .definedBy("org.eveproof.adversary..")
          .layer("spec")
          .definedBy("org.eveproof.spec..")
          .layer("conformance")
          .definedBy("org.eveproof.conformance..")
          .layer("evidence")
          .definedBy("org.eveproof.evidence..")
          .layer("cli")
          .definedBy("org.eveproof.cli..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("evidence")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("conformance")
          .mayOnlyBeAccessedByLayers("evidence", "cli")
          .whereLayer("spec")
          .mayOnlyBeAccessedByLayers("conformance", "evidence", "cli")
          .whereLayer("adversary")
          .mayOnlyBeAccessedByLayers("conformance", "evidence", "cli")
          .whereLayer("session")
          .mayOnlyBeAccessedByLayers("adversary", "conformance", "evidence", "cli")
          .whereLayer("delivery")
          .mayOnlyBeAccessedByLayers("adversary", "conformance", "evidence", "cli")
          .whereLayer("transport")
          .mayOnlyBeAccessedByLayers(
              "delivery", "session", "adversary", "conformance", "evidence", "cli")
          .whereLayer("handover")
          .mayOnlyBeAccessedByLayers(
              "delivery", "session", "adversary", "conformance", "evidence", "cli")
          .whereLayer("bootstrap")
          .mayOnlyBeAccessedByLayers(
              "delivery", "session", "adversary", "conformance", "evidence", "cli")
          .whereLayer("authentication")
          .mayOnlyBeAccessedByLayers(
              "bootstrap",
              "handover",
              "delivery",
              "session",
              "adversary",
              "conformance",
              "evidence",
              "cli")
          .whereLayer("postprocessing")
          .mayOnlyBeAccessedByLayers("session", "adversary", "conformance", "evidence", "cli")
          .whereLayer("quantum")
          .mayOnlyBeAccessedByLayers("session", "adversary", "conformance", "evidence", "cli");

  @ArchTest
  static final ArchRule protocolPackagesKnowNothingOfTla =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.eveproof.spec..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("tlc2..", "tla2sany..", "util..", "pcal..");

  @ArchTest
  static final ArchRule coreHasNoClockNoThreadAndNoSocket =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.eveproof.protocol..",
              "org.eveproof.postprocessing..",
              "org.eveproof.authentication..",
              "org.eveproof.handover..",
              "org.eveproof.delivery",
              "org.eveproof.quantum..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Thread.class, java.net.Socket.class, java.time.Clock.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule simulatedLightReachesNoKey =
      noClasses()
          .that()
          .resideInAPackage("org.eveproof.quantum.decoy..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(SecretRandom.class, SecretBits.class, RandomGenerator.class);

  @ArchTest
  static final ArchRule noSourceOfSecretsIsChance =
      noClasses().that().implement(Chance.class).should().beAssignableTo(RandomGenerator.class);

  @ArchTest
  static final ArchRule tagsAreComparedInConstantTime =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.eveproof.authentication..",
              "org.eveproof.bootstrap..",
              "org.eveproof.handover..",
              "org.eveproof.delivery..")
          .should()
          .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
          .because("MessageDigest.isEqual does not tell where two byte strings differ");

  @ArchTest
  static final ArchRule nobodyUsesJavaUtilRandom =
      noClasses().should().dependOnClassesThat().belongToAnyOf(Random.class);
}
