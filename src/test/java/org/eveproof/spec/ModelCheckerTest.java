package org.eveproof.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eveproof.spec.CheckResult.Verdict;
import org.junit.jupiter.api.Test;

class ModelCheckerTest {
  private static final String FOUR = "CONSTANT Modulus = 4\n";

  private static CheckRequest request(String module, String config) {
    return CheckRequest.of(List.of(Specs.FOLDER), module, config)
        .ofSmallModel()
        .withHeapMegabytes(128)
        .withTimeout(Duration.ofMinutes(1));
  }

  private static CheckResult check(String config) throws InterruptedException {
    return ModelChecker.check(request("Counter", config));
  }

  @Test
  void everythingHolds() throws InterruptedException {
    CheckResult result =
        check(FOUR + "SPECIFICATION Fair\nINVARIANT InRange\nPROPERTY ComesBack\n");
    assertThat(result.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(result.exitCode()).isZero();
    assertThat(result.distinct()).isEqualTo(4);
    assertThat(result.generated()).isEqualTo(5);
    assertThat(result.queued()).isZero();
    assertThat(result.depth()).isEqualTo(4);
    assertThat(result.message()).isEmpty();
  }

  @Test
  void anInvariantIsViolated() throws InterruptedException {
    CheckResult result = check(FOUR + "SPECIFICATION Fair\nINVARIANT Small\n");
    assertThat(result.verdict()).isEqualTo(Verdict.INVARIANT_VIOLATED);
    assertThat(result.exitCode()).isEqualTo(12);
    assertThat(result.violated()).contains("Small");
    assertThat(result.trace()).contains("1: <Initial predicate>", "4: <Tick", "n = 3");
  }

  @Test
  void anInvariantIsViolatedAtOnce() throws InterruptedException {
    CheckResult result = check(FOUR + "SPECIFICATION Fair\nINVARIANT StartsPositive\n");
    assertThat(result.verdict()).isEqualTo(Verdict.INVARIANT_VIOLATED);
    assertThat(result.violated()).contains("StartsPositive");
    assertThat(result.trace()).contains("n = 0");
  }

  @Test
  void aStepPropertyIsViolated() throws InterruptedException {
    CheckResult result = check(FOUR + "SPECIFICATION Fair\nPROPERTY Up\n");
    assertThat(result.verdict()).isEqualTo(Verdict.STEP_VIOLATED);
    assertThat(result.violated()).contains("Up");
    assertThat(result.trace()).contains("n = 3");
  }

  @Test
  void aTemporalPropertyIsViolated() throws InterruptedException {
    CheckResult result = check(FOUR + "SPECIFICATION Unfair\nPROPERTY ComesBack\n");
    assertThat(result.verdict()).isEqualTo(Verdict.LIVENESS_VIOLATED);
    assertThat(result.exitCode()).isEqualTo(13);
    assertThat(result.violated()).isEmpty();
    assertThat(result.trace()).contains("Stuttering");
  }

  @Test
  void exploresPastViolationsAndNamesThemAll() throws InterruptedException {
    String invariants = FOUR + "SPECIFICATION Fair\nINVARIANTS StartsPositive Small\n";
    CheckResult result =
        ModelChecker.check(request("Counter", invariants + "PROPERTY Up\n").pastViolations());
    assertThat(result.verdict()).isEqualTo(Verdict.EXPLORED_WITH_VIOLATIONS);
    assertThat(result.exitCode()).isZero();
    assertThat(result.violations()).containsExactlyInAnyOrder("StartsPositive", "Small", "Up");
    assertThat(result.distinct()).isEqualTo(4);
    assertThat(result.queued()).isZero();
    assertThat(check(invariants).violations()).containsExactly("StartsPositive");
  }

  @Test
  void findsMoreThanViolationsPastViolations() throws InterruptedException {
    String small = FOUR + "INVARIANT Small\n";
    assertThat(pastViolations(small + "SPECIFICATION Unfair\nPROPERTY ComesBack\n").verdict())
        .isEqualTo(Verdict.LIVENESS_VIOLATED);
    assertThat(pastViolations(small + "SPECIFICATION Ends\n").verdict())
        .isEqualTo(Verdict.DEADLOCK);
    assertThat(pastViolations(small + "SPECIFICATION Fair\nINVARIANT Overflows\n").verdict())
        .isEqualTo(Verdict.SPEC_ERROR);
    assertThat(pastViolations(FOUR + "SPECIFICATION Fair\nINVARIANT InRange\n").verdict())
        .isEqualTo(Verdict.HOLDS);
  }

  private static CheckResult pastViolations(String config) throws InterruptedException {
    return ModelChecker.check(request("Counter", config).pastViolations());
  }

  @Test
  void aDeadlockIsAnErrorUnlessAllowed() throws InterruptedException {
    CheckRequest ends = request("Counter", FOUR + "SPECIFICATION Ends\n");
    CheckResult result = ModelChecker.check(ends);
    assertThat(result.verdict()).isEqualTo(Verdict.DEADLOCK);
    assertThat(result.exitCode()).isEqualTo(11);
    assertThat(ModelChecker.check(ends.allowingDeadlock()).verdict()).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void anAssumptionIsFalse() throws InterruptedException {
    CheckResult result = check("CONSTANT Modulus = 1\nSPECIFICATION Fair\n");
    assertThat(result.verdict()).isEqualTo(Verdict.ASSUMPTION_FAILED);
    assertThat(result.exitCode()).isEqualTo(10);
  }

  @Test
  void whatCannotBeReadOrEvaluatedIsAnErrorOfTheSpecification() throws InterruptedException {
    CheckResult name = check(FOUR + "SPECIFICATION Fair\nINVARIANT Typo\n");
    assertThat(name.verdict()).isEqualTo(Verdict.SPEC_ERROR);
    assertThat(name.message()).contains("Typo");
    CheckResult value = check(FOUR + "SPECIFICATION Fair\nINVARIANT Overflows\n");
    assertThat(value.verdict()).isEqualTo(Verdict.SPEC_ERROR);
    assertThat(value.message()).contains("equality");
    CheckResult syntax = ModelChecker.check(request("Broken", "INIT Init\nNEXT Next\n"));
    assertThat(syntax.verdict()).isEqualTo(Verdict.SPEC_ERROR);
    assertThat(syntax.message()).contains("line 6, column 16");
  }

  @Test
  void givesUpInTimeAndLeavesNothingBehind() throws InterruptedException, IOException {
    long before = leftovers();
    CheckResult result =
        ModelChecker.check(
            request("Counter", FOUR + "SPECIFICATION Growing\n")
                .withTimeout(Duration.ofMillis(1500)));
    assertThat(result.verdict()).isEqualTo(Verdict.TIMEOUT);
    assertThat(result.seconds()).isLessThan(20);
    assertThat(leftovers()).isLessThanOrEqualTo(before);
  }

  @Test
  void anInterruptEndsTheRun() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> check(FOUR + "SPECIFICATION Growing\n"))
        .isInstanceOf(InterruptedException.class);
  }

  /** Counts folders of the model that never ends; other models may be checked at the same time. */
  private static long leftovers() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("eveproof-check"))
          .filter(ModelCheckerTest::isOfGrowing)
          .count();
    }
  }

  private static boolean isOfGrowing(Path folder) {
    try {
      return Files.readString(folder.resolve("model.cfg")).contains("SPECIFICATION Growing");
    } catch (IOException goneMeanwhile) {
      return false;
    }
  }
}
