package org.eveproof.postprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.eveproof.protocol.Bits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiniteKeyRuleTest {

  /**
   * Computed apart from this code in floating point from the formula of Tomamichel, Lim, Gisin and
   * Renner, with a leak of f n h(Q): n, k, Q, ε_sec, ε_cor, f, μ, and ℓ with numerators 4 and 2.
   */
  @ParameterizedTest
  @CsvSource({
    "10000,     5000,    0.02, 1e-9,  1e-15, 1.16, 0.0814505655783419,   3512,    3553",
    "100000,    10000,   0.02, 1e-9,  1e-15, 1.16, 0.049318301136084076, 47144,   47437",
    "1000000,   50000,   0.02, 1e-9,  1e-15, 1.16, 0.021547854885688167, 586473,  588017",
    "1000000,   50000,   0.05, 1e-9,  1e-15, 1.16, 0.021547854885688167, 295995,  297255",
    "10000000,  500000,  0.05, 1e-10, 1e-15, 1.1,  0.007160000533675745, 3688851, 3692993",
    "10000000,  500000,  0.08, 1e-10, 1e-15, 1.1,  0.007160000533675745, 1306726, 1310196",
    "100000000, 1000000, 0.09, 1e-10, 1e-15, 1.05, 0.0049655101852919105, 8887513, 8910611",
    "1000000,   1000000, 0.01, 1e-14, 1e-15, 1.1,  0.008200307224186444, 779770,  780259"
  })
  void agreesWithValuesComputedElsewhere(
      int n,
      int k,
      double limit,
      double secrecy,
      double correctness,
      double f,
      double deviation,
      int length4,
      int length2) {
    double leak = f * n * FiniteKeyRule.binaryEntropy(limit);
    FiniteKeyRule four = FiniteKeyRule.of(limit, secrecy, correctness);
    FiniteKeyRule two = new FiniteKeyRule(limit, secrecy, correctness, 1, 2);
    assertThat(FiniteKeyRule.deviation(n, k, secrecy, 4)).isCloseTo(deviation, within(1e-15));
    assertThat(Math.floor(four.length(n, k, leak))).isEqualTo(length4);
    assertThat(Math.floor(two.length(n, k, leak))).isEqualTo(length2);
    // A whole number of disclosed bits costs at most the rest of one bit.
    assertThat(four.secretBits(n, k, (long) Math.ceil(leak))).isBetween(length4 - 1, length4);
  }

  /** Table II of the paper, rows with a block of 10^6: 628,095 and 482,722, to 0.3 %. */
  @Test
  void comesCloseToThePublishedTable() {
    assertThat(published(628_095, 0.125, 0.0173, 0.01)).isCloseTo(628_095, within(0.003 * 628_095));
    assertThat(published(482_722, 0.137, 0.0321, 0.025))
        .isCloseTo(482_722, within(0.003 * 482_722));
  }

  private static double published(int length, double otherBasis, double limit, double rate) {
    // Each pulse is in the test basis with this probability, at either end: k/n is the square of
    // the odds.
    int n = 1_000_000;
    int k = (int) Math.round(n * Math.pow(otherBasis / (1 - otherBasis), 2));
    double leak = 1.1 * n * FiniteKeyRule.binaryEntropy(rate);
    // The table fixes ε/ℓ = 1e-14.
    double epsilon = 1e-14 * length;
    return FiniteKeyRule.of(limit, epsilon, epsilon).length(n, k, leak);
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 0.080793",
    "0.02, 0.141441",
    "0.025, 0.168661",
    "0.03, 0.194392",
    "0.05, 0.286397",
    "0.07, 0.365924",
    "0.1, 0.468996",
    "0.11, 0.499916",
    "0, 0",
    "1, 0",
    "0.5, 1"
  })
  void entropyHasItsTabulatedValues(double x, double entropy) {
    assertThat(FiniteKeyRule.binaryEntropy(x)).isCloseTo(entropy, within(5e-7));
  }

  @ParameterizedTest
  @CsvSource({"1e-9, 110.623627", "1e-10, 117.267483", "1e-14, 143.842908"})
  void theConstantTermHasItsTabulatedValues(double secrecy, double bits) {
    assertThat(FiniteKeyRule.of(0.05, secrecy, 1e-15).constantBits()).isCloseTo(bits, within(5e-7));
  }

  @Test
  void asymptoticallyTheLimitIsElevenPercent() {
    double root = 0.11002786443820864;
    assertThat(1 - 2 * FiniteKeyRule.binaryEntropy(root)).isCloseTo(0, within(1e-12));
  }

  @Test
  void thereIsNoKeyWhereTheBoundSaysNothing() {
    FiniteKeyRule rule = FiniteKeyRule.of(0.05, 1e-10, 1e-15);
    assertThat(rule.secretBits(0, 10, 0)).isZero();
    assertThat(rule.secretBits(10, 0, 0)).isZero();
    assertThat(rule.secretBits(100, 100, 0)).isZero();
    assertThat(rule.secretBits(1_000_000, 50_000, 1_000_000)).isZero();
    assertThat(FiniteKeyRule.of(0.5, 1e-10, 1e-15).secretBits(1_000_000, 50_000, 0)).isZero();
  }

  @Test
  void eachBitOfLeakCostsOneBitOfKey() {
    FiniteKeyRule rule = FiniteKeyRule.of(0.05, 1e-10, 1e-15);
    int length = rule.secretBits(236_817, 26_313, 40_000);
    assertThat(length).isPositive();
    assertThat(rule.secretBits(236_817, 26_313, 40_001)).isEqualTo(length - 1);
    assertThat(new FixedMarginRule(2).secretBits(9, 3, 4)).isEqualTo(3);
    assertThat(new FixedMarginRule(2).secretBits(5, 3, 4)).isZero();
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> FiniteKeyRule.of(0.6, 1e-9, 1e-9)).hasMessageContaining("errorLimit");
    assertThatThrownBy(() -> FiniteKeyRule.of(0.1, 0, 1e-9)).hasMessageContaining("secrecy");
    assertThatThrownBy(() -> FiniteKeyRule.of(0.1, 1e-9, 1)).hasMessageContaining("correctness");
    assertThatThrownBy(() -> new FiniteKeyRule(0.1, 0.1, 0.1, 1.1, 4))
        .hasMessageContaining("Quality");
    assertThatThrownBy(() -> new FiniteKeyRule(0.1, 0.1, 0.1, 1, 3))
        .hasMessageContaining("numerator");
  }

  @Test
  void theEstimateIsTheShareOfSampledBitsThatDiffer() {
    ErrorEstimate estimate = ErrorEstimate.of(Bits.parse("0110100110"), Bits.parse("0110100101"));
    assertThat(estimate).isEqualTo(new ErrorEstimate(10, 2));
    assertThat(estimate.isWithin(0.2)).isTrue();
    assertThat(estimate.isWithin(0.1999)).isFalse();
    assertThat(new ErrorEstimate(100, 29).isWithin(0.29)).isTrue();
    assertThat(new ErrorEstimate(10_000, 250).upperLimit(100_000, 1e-9, 4))
        .isCloseTo(0.025 + 0.049318301136084076, within(1e-15));
  }
}
