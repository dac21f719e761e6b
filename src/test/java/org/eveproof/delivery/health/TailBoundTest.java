package org.eveproof.delivery.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/** Cutoffs against exact tails, and against how often uniform blocks fail. */
class TailBoundTest {

  @Test
  void cutoffsAreValidAndSharp() {
    for (int trials : new int[] {10, 256, 4096, 1_000_000}) {
      for (double p : new double[] {0.5, 1.0 / 256}) {
        for (double alpha : new double[] {0.01, 0x1p-20, 0x1p-40}) {
          double cutoff = TailBound.successes(trials, p, alpha);
          BinomialDistribution exact = BinomialDistribution.of(trials, p);
          int reached = (int) Math.ceil(cutoff);
          assertThat(exact.survivalProbability(reached - 1))
              .as("%d trials of %s at %s", trials, p, alpha)
              .isLessThanOrEqualTo(alpha);
          double mean = trials * p;
          if (cutoff < trials) {
            // Never a quarter, and a count, farther from the mean than need be.
            int nearer = (int) Math.floor(mean + (cutoff - mean) * 0.7) - 2;
            assertThat(exact.survivalProbability(nearer - 1)).isGreaterThan(alpha);
          }
        }
      }
    }
  }

  @Test
  void headsAreOffTheirHalfAsSeldomOnEitherSide() {
    for (long tosses : new long[] {100, 10_000}) {
      double off = TailBound.headsOff(tosses, 0x1p-20);
      BinomialDistribution exact = BinomialDistribution.of((int) tosses, 0.5);
      int few = (int) Math.floor(tosses / 2.0 - off);
      assertThat(2 * exact.cumulativeProbability(few)).isLessThanOrEqualTo(0x1p-20);
    }
  }

  @Test
  void noTestFailsMoreOftenThanItSays() {
    double alpha = 1.0 / 64;
    List<HealthTest> tests =
        List.of(
            RepetitionCount::ofBytes,
            RepetitionCount::ofBits,
            AdaptiveProportion::ofBytes,
            AdaptiveProportion::ofBits,
            MostCommonValue::ofBytes,
            MostCommonValue::ofBits,
            MarkovTest::ofBits,
            ChiSquare::ofBytes,
            RepeatedSubstring::ofBytes,
            BitLags::ofBits,
            (block, bound) -> HealthCounts.of(block).against(bound));
    int[] failures = new int[tests.size()];
    int blocks = 2_000;
    for (int i = 0; i < blocks; i++) {
      try (Block block = new Block(Keys.uniform(64 << i % 5, i))) {
        for (int t = 0; t < failures.length; t++) {
          failures[t] += tests.get(t).of(block, alpha).holds() ? 0 : 1;
        }
      }
    }
    int all = 0;
    for (int failed : failures) {
      // 31 are allowed; four standard deviations more are chance.
      assertThat(failed).isLessThan(31 + 23);
      all += failed;
    }
    // If none ever failed the cutoffs would be too far out.
    assertThat(all).isGreaterThan(20);
  }

  @Test
  void chiSquareIsNotFarFromItsLimitDistribution() {
    // For 255 degrees of freedom the tail of 2^-35 begins at about 432.
    try (Block block = new Block(Keys.uniform(1 << 20, 1))) {
      assertThat(ChiSquare.ofBytes(block, 0x1p-35).bound()).isBetween(432.0, 490.0);
    }
  }
}
