package org.eveproof.postprocessing.finitekey;

/**
 * One of the intensities between which Alice chooses for each pulse.
 *
 * @param mean mean number of photons in a pulse whose phase is random, at least 0
 * @param probability that she chooses it, above 0, at most 1
 */
public record Intensity(double mean, double probability) {
  /** Checks the ranges. */
  public Intensity {
    if (!(mean >= 0 && mean < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("mean=" + mean);
    }
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability=" + probability);
    }
  }

  /** Returns e^k/p_k, which takes counts at this intensity to sums over photon numbers. */
  double weight() {
    return Math.exp(mean) / probability;
  }
}
