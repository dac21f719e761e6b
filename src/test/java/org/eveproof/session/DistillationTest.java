package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;

class DistillationTest {
  private static final int SIFTED = 30_000;

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
        new DistillationPlan(50_000, 24_000, 5_000, 0.05, 1e-10, 1e-15, 1e-10);
    assertThat(biased.likelierValue()).isCloseTo(0.535401, within(1e-6));
    assertThat(biased.rawBitQuality()).isCloseTo(-Math.log(0.535401) / Math.log(2), within(1e-5));
    assertThat(biased.rule().preparationQuality()).isEqualTo(biased.rawBitQuality());
    assertThat(biased.onesLeakBits()).isEqualTo(16);
    assertThat(new DistillationPlan(7, 7, 1, 0.05, 1e-10, 1e-15, 1e-10).rawBitQuality()).isZero();
    assertThat(new DistillationPlan(7, 7, 1, 0.05, 1e-10, 1e-15, 1e-10).onesLeakBits())
        .isEqualTo(3);
  }

  /**
   * Secrecy, correctness and bias: whichever is left out of the sum would be claimed for nothing.
   */
  @Test
  void theClaimIsTheSumOfAllThatMayBeWrong() {
    DistillationPlan plan = new DistillationPlan(50_000, 24_000, 5_000, 0.05, 0.25, 0.125, 0.0625);
    assertThat(plan.totalEpsilon()).isEqualTo(0.4375);
    assertThat(plan.rule())
        .isEqualTo(new FiniteKeyRule(0.05, 0.25, 0.125, plan.rawBitQuality(), 4));
    assertThat(plan.exchange().errorLimit()).isEqualTo(0.05);
    assertThat(plan.exchange().verification())
        .isEqualTo(ErrorVerification.forEpsilon(50_000, 0x1p-64));
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new DistillationPlan(0, 0, 0, 0.05, 1e-10, 1e-15, 1e-10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DistillationPlan(5, 6, 0, 0.05, 1e-10, 1e-15, 1e-10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DistillationPlan(5, 5, 6, 0.05, 1e-10, 1e-15, 1e-10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DistillationPlan(5, 5, 1, 0.05, 1e-10, 1e-15, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DistillationPlan plan(SecretBits alice) {
    return DistillationPlan.of(alice, OptionalDouble.empty(), 0.05, 1e-10, 1e-15, 1e-10);
  }

  private static SecretBits noisy(Bits truth, double rate, SplittableRandom random) {
    return SecretBits.copyOf(
        Bits.of(truth.length(), i -> truth.get(i) != (random.nextDouble() < rate)));
  }
}
