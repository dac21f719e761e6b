package org.eveproof.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bits of any bias, from the source of secrets and from that of physics. */
final class BiasedCoinsTest {
  private static final int DIGITS = 63;

  /**
   * Lane i is given a fraction that has the digits of the probability up to digit i, and then the
   * other one: below the probability, which makes a one, if that digit is 1. So each of the 63
   * digits decides a bit. The last lane is given the very probability, which is not below it.
   */
  @ParameterizedTest
  @ValueSource(
      doubles = {1 / 3.0, 0.8, 0.1, 0.999999, 0x1p-63, 0x1p-21, 1e-9, 0x1.fffffffffffffp-1})
  void everyDigitOfTheProbabilityCounts(double one) {
    BigInteger digits =
        new BigDecimal(one)
            .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(DIGITS)))
            .toBigInteger();
    AtomicInteger drawn = new AtomicInteger();
    SecretRandom scripted = SecretRandom.simulated(() -> fair(digits, drawn.getAndIncrement()));
    try (SecretBits bits = scripted.secretBits(64, one)) {
      for (int lane = 0; lane < DIGITS; lane++) {
        assertThat(bits.get(lane)).as("digit " + lane).isEqualTo(digit(digits, lane));
      }
      assertThat(bits.get(DIGITS)).as("the probability itself").isFalse();
    }
    assertThat(drawn.get()).isEqualTo(DIGITS - digits.getLowestSetBit());
  }

  private static boolean digit(BigInteger digits, int index) {
    return digits.testBit(DIGITS - 1 - index);
  }

  /** Returns the digits of one place for all lanes. */
  private static long fair(BigInteger digits, int place) {
    long word = 0;
    for (int lane = 0; lane < 64; lane++) {
      word |= digit(digits, place) != (lane == place) ? 1L << lane : 0;
    }
    return word;
  }

  @Test
  void neverAndAlwaysDrawNothing() {
    SecretRandom nothing =
        SecretRandom.simulated(
            () -> {
              throw new AssertionError("drawn");
            });
    try (SecretBits never = nothing.secretBits(100, 0);
        SecretBits always = nothing.secretBits(100, 1)) {
      assertThat(never.toWords()).containsExactly(0, 0);
      assertThat(always.toWords()).containsExactly(-1, (1L << 36) - 1);
    }
    assertThatThrownBy(() -> BiasedCoins.threshold(Double.NaN)).hasMessageContaining("one=NaN");
    assertThatThrownBy(() -> BiasedCoins.threshold(-1e-9)).hasMessageContaining("one=");
  }

  /** Words of the operating system's generator come in bulk: seven standard deviations of room. */
  @Test
  void theOperatingSystemsGeneratorGivesTheBiasAndNothingTwice() {
    int bits = 1_000_000;
    SecretRandom secure = SecretRandom.secure();
    try (SecretBits first = secure.secretBits(bits, 0.3);
        SecretBits second = secure.secretBits(bits, 0.3)) {
      long[] words = first.toWords();
      assertThat((double) PackedBits.ones(words))
          .isBetween(0.3 * bits - 7 * 459, 0.3 * bits + 7 * 459);
      long[] others = second.toWords();
      Arrays.setAll(words, w -> words[w] & others[w]);
      assertThat((double) PackedBits.ones(words))
          .isBetween(0.09 * bits - 7 * 287, 0.09 * bits + 7 * 287);
    }
  }
}
