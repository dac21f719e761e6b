package org.eveproof.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each check of the manifest is a test of its own: models, red twins, goals, pinned texts. */
class SpecificationsTest {
  private static List<Finding> findings = List.of();

  @BeforeAll
  static void checkAll() throws IOException, InterruptedException {
    findings = Checks.run(new SpecChecks(Path.of("specs")).all(false), finding -> {});
  }

  @TestFactory
  Stream<DynamicTest> everyCheckOfTheManifestHolds() {
    assertThat(findings).isNotEmpty();
    return findings.stream()
        .map(
            finding ->
                DynamicTest.dynamicTest(
                    finding.area() + " " + finding.kind() + " " + finding.name(),
                    () ->
                        assertThat(finding.verdict())
                            .as(finding.detail())
                            .isEqualTo(Finding.Verdict.HELD)));
  }
}
