package org.eveproof.postprocessing;

import org.eveproof.protocol.Bits;

/**
 * What the sample says about the errors of the key.
 *
 * @param sampledBits number of compared bits, k, at least 1
 * @param errors number of them that differ
 */
public record ErrorEstimate(int sampledBits, int errors) {
  /** Checks the ranges. */
  public ErrorEstimate {
    if (sampledBits < 1 || errors < 0 || errors > sampledBits) {
      throw new IllegalArgumentException(errors + " errors in " + sampledBits + " bits");
    }
  }

  /** Compares the sampled bits of the two parties. */
  public static ErrorEstimate of(Bits alice, Bits bob) {
    return new ErrorEstimate(alice.length(), alice.xor(bob).ones());
  }

  /** Returns the observed error rate of the sample, 0 to 1. */
  public double rate() {
    return (double) errors / sampledBits;
  }

  /** Whether the observed error rate is at or under the limit, which was fixed beforehand. */
  public boolean isWithin(double limit) {
    return rate() <= limit;
  }

  /**
   * Returns the upper confidence limit of the error rate of the bits that were not sampled:
   * observed rate + {@link FiniteKeyRule#deviation}. The true rate is above it, although the sample
   * shows the observed one, with probability at most (ε/4)², or (ε/2)² with the other numerator.
   *
   * @param keptBits number of bits that were not sampled, n, at least 1
   * @param epsilon secrecy parameter ε, in (0, 1)
   * @param numerator 4 or 2, see {@link FiniteKeyRule}
   */
  public double upperLimit(int keptBits, double epsilon, int numerator) {
    return rate() + FiniteKeyRule.deviation(keptBits, sampledBits, epsilon, numerator);
  }
}
