package org.eveproof.postprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;

class SiftingTest {
  @Test
  void theSiftedKeyIsWhereBobDetectedInAlicesBasis() {
    Sifting sifting = Sifting.of(Bits.parse("110111"), Bits.parse("01011"), Bits.parse("01101"));
    assertThat(sifting.siftedBits()).isEqualTo(3);
    // Detected are pulses 0, 1, 3, 4, 5; the bases agree at the first, second and last of them.
    try (SecretBits pulses = SecretBits.copyOf(Bits.parse("100001"));
        SecretBits key = sifting.key(pulses);
        SecretBits expected = SecretBits.copyOf(Bits.parse("101"))) {
      assertThat(key.sameAs(expected)).isTrue();
    }
    assertThat(sifting.kept()).isEqualTo(Bits.parse("110001"));
    assertThatThrownBy(() -> new Sifting(Bits.parse("110"), Bits.parse("1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSampleIsTakenOutOfTheKey() {
    Sample sample = new Sample(Bits.parse("0110"));
    assertThat(sample.sampledBits()).isEqualTo(2);
    assertThat(sample.keptBits()).isEqualTo(2);
    try (SecretBits sifted = SecretBits.copyOf(Bits.parse("1100"));
        SecretBits kept = sample.keep(sifted);
        SecretBits expected = SecretBits.copyOf(Bits.parse("10"))) {
      assertThat(sample.disclose(sifted)).isEqualTo(Bits.parse("10"));
      assertThat(kept.sameAs(expected)).isTrue();
    }
  }

  @Test
  void everySubsetIsAsLikelyAsEveryOther() {
    assertSubsetsAreUniform(SecretRandom.simulated(new SplittableRandom(1)));
  }

  /** The operating system's words are fetched many at a time; here it is one that repeats. */
  @Test
  void subsetsFromTheOperatingSystemAreNoLessUniform() {
    SplittableRandom source = new SplittableRandom(2);
    assertSubsetsAreUniform(
        SecretRandom.simulated(
            new SecureRandom() {
              private static final long serialVersionUID = 1L;

              @Override
              public void nextBytes(byte[] bytes) {
                source.nextBytes(bytes);
              }
            }));
  }

  private static void assertSubsetsAreUniform(SecretRandom random) {
    int[] counts = new int[16];
    int draws = 60_000;
    for (int i = 0; i < draws; i++) {
      counts[(int) Sample.draw(4, 2, random).positions().toWords()[0]]++;
    }
    double sigma = Math.sqrt(draws * (1 / 6.0) * (5 / 6.0));
    for (int subset = 0; subset < 16; subset++) {
      if (Integer.bitCount(subset) == 2) {
        assertThat(Math.abs(counts[subset] - draws / 6.0)).isLessThan(4 * sigma);
      } else {
        assertThat(counts[subset]).isZero();
      }
    }
  }
}
