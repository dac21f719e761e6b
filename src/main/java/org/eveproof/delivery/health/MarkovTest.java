package org.eveproof.delivery.health;

import java.util.OptionalDouble;

/**
 * How often a one follows a zero, and a one follows a one (SP 800-90B section 6.3.3): finds a
 * source whose next bit depends on the last.
 *
 * <p>Let m be the number of bits s with a next one, and S how many of these are one, less m/2. For
 * each fixed θ, exp(θS − m·ln cosh(θ/2)) has mean 1, as each next bit is uniform whatever came
 * before: so S reaches (m·ln cosh(θ/2) + ln 1/α)/θ with probability at most α, although m is random
 * itself. The θ that is used is the best for m = n/2.
 */
final class MarkovTest {
  /** Two values of the last bit, too many ones and too few. */
  private static final int SIDES = 4;

  /** Length of the most likely string that section 6.3.3 takes the estimate from. */
  private static final int CHAIN = 128;

  private MarkovTest() {}

  static Finding ofBits(Block block, double alpha) {
    long pairs = block.bits() - 1;
    long onesWithNext = block.ones() - block.bit(pairs);
    long[] next = {pairs - onesWithNext, onesWithNext};
    // Each one but the first bit follows a zero or a one.
    long[] ones = {block.rises(), block.ones() - block.bit(0) - block.rises()};
    double log = Math.log(SIDES / alpha);
    double theta = Math.sqrt(8 * log / (block.bits() / 2.0));
    int worst = 0;
    double[] off = new double[2];
    double[] bound = new double[2];
    for (int last = 0; last < 2; last++) {
      off[last] = Math.abs(ones[last] - next[last] / 2.0);
      bound[last] = (next[last] * TailBound.logCosh(theta / 2) + log) / theta;
      worst = off[last] / bound[last] > off[worst] / bound[worst] ? last : worst;
    }
    double share = (double) block.ones() / block.bits();
    return new Finding(
        "Markov, off the half",
        worst == 0 ? "ones after a zero" : "ones after a one",
        off[worst],
        bound[worst],
        OptionalDouble.of(8 * minEntropy(share, ratio(ones[0], next[0]), ratio(ones[1], next[1]))));
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** Returns the estimate of section 6.3.3, step 3, in bits per bit. */
  private static double minEntropy(double one, double oneAfterZero, double oneAfterOne) {
    double zero = 1 - one;
    double zeroAfterZero = 1 - oneAfterZero;
    double zeroAfterOne = 1 - oneAfterOne;
    double[] logs = {
      log2(zero) + (CHAIN - 1) * log2(zeroAfterZero),
      log2(zero) + CHAIN / 2 * log2(oneAfterZero) + (CHAIN / 2 - 1) * log2(zeroAfterOne),
      log2(zero) + log2(oneAfterZero) + (CHAIN - 2) * log2(oneAfterOne),
      log2(one) + log2(zeroAfterOne) + (CHAIN - 2) * log2(zeroAfterZero),
      log2(one) + CHAIN / 2 * log2(zeroAfterOne) + (CHAIN / 2 - 1) * log2(oneAfterZero),
      log2(one) + (CHAIN - 1) * log2(oneAfterOne)
    };
    double likeliest = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      likeliest = Math.max(likeliest, log);
    }
    return Math.min(Math.abs(likeliest) / CHAIN, 1);
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
