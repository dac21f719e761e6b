package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Suite;
import org.eveproof.postprocessing.EpsilonBudget;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;

class DistillationTest {
  private static final int SIFTED = 30_000;
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @Test
  void theSiftedKeysAreGoneAndTheSecretKeysBelongToTheCaller() {
    SplittableRandom random = new SplittableRandom(1);
    Bits truth = Bits.of(SIFTED, i -> random.nextBoolean());
    SecretBits alice = SecretBits.copyOf(truth);
    SecretBits bob = noisy(truth, 0.02, random);
    Distillation.Result result =
        Distillation.run(plan(alice), alice, bob, SecretRandom.simulated(random));
    assertThat(alice.isDestroyed()).isTrue();
    assertThat(bob.isDestroyed()).isTrue();
    Distillation.Keys keys = result.keys().orElseThrow();
    assertThat(keys.alice().sameAs(keys.bob())).isTrue();
    assertThat(keys.alice().length()).isEqualTo(result.findings().secretBits()).isPositive();
    result.close();
    assertThat(keys.alice().isDestroyed()).isTrue();
    assertThat(keys.bob().isDestroyed()).isTrue();
  }

  @Test
  void noiseEndsTheRunWithItsReasonAndWithoutAKey() {
    SplittableRandom random = new SplittableRandom(2);
    Bits truth = Bits.of(SIFTED, i -> random.nextBoolean());
    SecretBits alice = SecretBits.copyOf(truth);
    SecretBits bob = noisy(truth, 0.11, random);
    try (Distillation.Result result =
        Distillation.run(plan(alice), alice, bob, SecretRandom.secure())) {
      assertThat(result.abort()).contains(AbortReason.TOO_NOISY);
      assertThat(result.keys()).isEmpty();
      assertThat(result.findings().errors()).isPositive();
      assertThat(alice.isDestroyed()).isTrue();
      assertThat(bob.isDestroyed()).isTrue();
    }
  }

  @Test
  void theBiasIsChargedByItsMinEntropy() {
    // ones/N = 0.52, and sqrt(ln(2e10) / (2 * 50000)) = 0.015401 for what a sample may hide.
    DistillationPlan biased =
        new DistillationPlan(50_000, 24_000, 5_000, 0.05, 1e-10, 1e-15, 1e-10, NONE);
    assertThat(biased.likelierValue()).isCloseTo(0.535401, within(1e-6));
    assertThat(biased.rawBitQuality()).isCloseTo(-Math.log(0.535401) / Math.log(2), within(1e-5));
    assertThat(biased.rule().preparationQuality()).isEqualTo(biased.rawBitQuality());
    assertThat(biased.onesLeakBits()).isEqualTo(16);
    assertThat(new DistillationPlan(7, 7, 1, 0.05, 1e-10, 1e-15, 1e-10, NONE).rawBitQuality())
        .isZero();
    assertThat(new DistillationPlan(7, 7, 1, 0.05, 1e-10, 1e-15, 1e-10, NONE).onesLeakBits())
        .isEqualTo(3);
  }

  /** Whichever part is left out of the sum would be claimed for nothing. */
  @Test
  void theClaimIsTheSumOfAllThatMayBeWrong() {
    DistillationPlan plan =
        new DistillationPlan(50_000, 24_000, 5_000, 0.05, 0.25, 0.125, 0.0625, NONE);
    ErrorVerification verification = ErrorVerification.forEpsilon(50_000, 0x1p-64);
    double authentication =
        4000 * Suite.WEGMAN_CARTER.authenticator().forgeryBound(Frame.MAX_BYTES);
    assertThat(plan.epsilon())
        .isEqualTo(new EpsilonBudget(0.125, 0.3125, authentication, verification.epsilon(45_000)));
    assertThat(authentication).isPositive().isLessThan(1e-25);
    assertThat(plan.rule())
        .isEqualTo(new FiniteKeyRule(0.05, 0.25, 0.125, plan.rawBitQuality(), 4));
    assertThat(plan.exchange().errorLimit()).isEqualTo(0.05);
    assertThat(plan.exchange().verification()).isEqualTo(verification);
  }

  /**
   * The same length whatever the errors were, as long as they are tolerable; never a longer one.
   */
  @Test
  void theLengthIsFixedBeforeTheSampleIsDrawn() {
    Set<Integer> fixed = new HashSet<>();
    Set<Integer> counted = new HashSet<>();
    for (double rate : new double[] {0.005, 0.01, 0.02}) {
      for (OptionalDouble expected : List.of(OptionalDouble.of(0.02), NONE)) {
        SplittableRandom random = new SplittableRandom(3);
        Bits truth = Bits.of(SIFTED, i -> random.nextBoolean());
        SecretBits alice = SecretBits.copyOf(truth);
        DistillationPlan plan = plan(alice, expected);
        try (Distillation.Result result =
            Distillation.run(
                plan, alice, noisy(truth, rate, random), SecretRandom.simulated(random))) {
          int length = result.keys().orElseThrow().alice().length();
          (expected.isPresent() ? fixed : counted).add(length);
          assertThat((long) length).isGreaterThanOrEqualTo(plan.limits().secretBits());
        }
      }
    }
    assertThat(fixed).hasSize(1);
    assertThat(counted).hasSize(3);
  }

  /** The number of ones is published too, and counts against the limit. */
  @Test
  void aKeyThatTookMoreThanWasAllowedForIsGivenUp() {
    DistillationPlan plan =
        new DistillationPlan(
            50_000, 25_000, 15_000, 0.05, 1e-10, 1e-15, 1e-10, OptionalDouble.of(0.02));
    LengthRule rule = plan.exchange().lengthRule();
    Findings found =
        Findings.NONE
            .sifted(Bits.of(50_000, i -> true))
            .sampled(Bits.of(50_000, i -> i < 15_000))
            .disclosed((int) plan.limits().greatestLeak() - plan.onesLeakBits());
    assertThat(rule.secretBits(35_000, found))
        .isEqualTo((int) plan.limits().secretBits())
        .isPositive();
    assertThat(rule.secretBits(35_000, found.hashed(1, true))).isZero();
    assertThat(rule.noKey()).isEqualTo(AbortReason.OUTSIDE_LIMITS);
  }

  /** Number for number: 1.1 n h(e) at the greatest e that the expected one lets chance make. */
  @Test
  void theGreatestLeakIsThatOfTheFormula() {
    DistillationPlan plan =
        new DistillationPlan(
            50_000, 25_000, 15_000, 0.05, 1e-10, 1e-15, 1e-10, OptionalDouble.of(0.02));
    double errors = 0.02 * 10_500;
    double worst = (errors + 3.5 * Math.sqrt(errors)) / 10_500;
    int published = plan.verification().tagBits() + 16;
    assertThat(plan.limits().greatestLeak())
        .isEqualTo((long) (1.1 * 35_000 * FiniteKeyRule.binaryEntropy(worst)) + published);
    assertThat(plan.limits().leastKept()).isEqualTo(35_000);
    assertThat(plan.limits().leastSampled()).isEqualTo(15_000);
    SecretBits alice = SecretBits.copyOf(Bits.of(1001, i -> i % 2 == 0));
    assertThat(
            DistillationPlan.of(alice, OptionalDouble.of(0.1), 0.05, 1e-10, 1e-15, 1e-10, NONE)
                .sampledBits())
        .as("a share is rounded up")
        .isEqualTo(101);
  }

  @Test
  void moreErrorsThanTheExperimentWasSaidToHaveGiveNoKey() {
    SplittableRandom random = new SplittableRandom(4);
    Bits truth = Bits.of(SIFTED, i -> random.nextBoolean());
    SecretBits alice = SecretBits.copyOf(truth);
    try (Distillation.Result result =
        Distillation.run(
            plan(alice, OptionalDouble.of(0.01)),
            alice,
            noisy(truth, 0.03, random),
            SecretRandom.simulated(random))) {
      assertThat(result.abort()).contains(AbortReason.OUTSIDE_LIMITS);
      assertThat(result.keys()).isEmpty();
    }
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new DistillationPlan(0, 0, 0, 0.05, 1e-10, 1e-15, 1e-10, NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DistillationPlan(5, 6, 0, 0.05, 1e-10, 1e-15, 1e-10, NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DistillationPlan(5, 5, 6, 0.05, 1e-10, 1e-15, 1e-10, NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DistillationPlan(5, 5, 1, 0.05, 1e-10, 1e-15, 1, NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DistillationPlan plan(SecretBits alice) {
    return plan(alice, NONE);
  }

  private static DistillationPlan plan(SecretBits alice, OptionalDouble expected) {
    return DistillationPlan.of(alice, OptionalDouble.empty(), 0.05, 1e-10, 1e-15, 1e-10, expected);
  }

  private static SecretBits noisy(Bits truth, double rate, SplittableRandom random) {
    return SecretBits.copyOf(
        Bits.of(truth.length(), i -> truth.get(i) != (random.nextDouble() < rate)));
  }
}
