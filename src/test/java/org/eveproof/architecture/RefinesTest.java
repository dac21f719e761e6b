package org.eveproof.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eveproof.conformance.ConformanceCase;
import org.eveproof.conformance.Conformances;
import org.eveproof.protocol.Refines;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecOracle;
import org.eveproof.spec.SpecSource;
import org.junit.jupiter.api.Test;

/** The code names the actions that it performs, and the specifications' actions all have code. */
class RefinesTest {

  @Test
  void everyActionHasItsCodeAndEveryAnnotationItsAction() {
    Set<String> specified = new TreeSet<>();
    Path specs = Path.of("specs");
    for (ConformanceCase subject : Conformances.all(specs)) {
      // Several instances judge one specification: its module is called MC and its name.
      specified.addAll(actions(subject.source().module().substring(2), subject.source()));
    }
    Path models = specs.resolve("models");
    specified.addAll(
        actions(
            "IdealKeyAgreement",
            new SpecSource(
                List.of(specs, models),
                "MCIdealKeyAgreement",
                models.resolve("MCIdealKeyAgreement.cfg"))));
    assertThat(annotated()).isNotEmpty().isEqualTo(specified);
  }

  private static Set<String> actions(String specification, SpecSource source) {
    try (SpecOracle oracle = SpecOracle.load(source)) {
      return oracle.actions().stream()
          .map(ActionInstance::name)
          .map(name -> specification + "!" + name)
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> annotated() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.eveproof");
    Set<String> named = new TreeSet<>();
    for (JavaClass type : classes) {
      type.tryGetAnnotationOfType(Refines.class).ifPresent(one -> named.add(one.value()));
      type.tryGetAnnotationOfType(Refines.All.class)
          .ifPresent(all -> Stream.of(all.value()).forEach(one -> named.add(one.value())));
      for (JavaMethod method : type.getMethods()) {
        method.tryGetAnnotationOfType(Refines.class).ifPresent(one -> named.add(one.value()));
        method
            .tryGetAnnotationOfType(Refines.All.class)
            .ifPresent(all -> Stream.of(all.value()).forEach(one -> named.add(one.value())));
      }
    }
    return named;
  }
}
