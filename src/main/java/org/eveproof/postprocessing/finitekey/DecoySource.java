package org.eveproof.postprocessing.finitekey;

import java.util.List;

/**
 * A source of weak pulses with random phase, the brightest intensity first.
 *
 * @param intensities signal and decoys, strictly falling, with probabilities that sum to 1
 */
public record DecoySource(List<Intensity> intensities) {
  /** Rounding that the sum of the probabilities may show. */
  private static final double ROUNDING = 1e-9;

  /** Checks order and sum. */
  public DecoySource {
    intensities = List.copyOf(intensities);
    double sum = 0;
    for (int i = 0; i < intensities.size(); i++) {
      sum += intensities.get(i).probability();
      if (i > 0 && !(intensities.get(i).mean() < intensities.get(i - 1).mean())) {
        throw new IllegalArgumentException("intensities must fall: " + intensities);
      }
    }
    if (!(Math.abs(sum - 1) <= ROUNDING)) {
      throw new IllegalArgumentException("probabilities sum to " + sum + " instead of 1");
    }
  }

  /** Returns μ_i, counted from 1 for the signal. */
  double mean(int i) {
    return intensities.get(i - 1).mean();
  }

  /** Returns e^k/p_k of intensity i, counted from 1. */
  double weight(int i) {
    return intensities.get(i - 1).weight();
  }

  /** Returns τ_0, the probability that a pulse has no photon. */
  public double vacuumProbability() {
    return intensities.stream().mapToDouble(k -> k.probability() * Math.exp(-k.mean())).sum();
  }

  /** Returns τ_1, the probability that a pulse has exactly one photon. */
  public double singlePhotonProbability() {
    return intensities.stream()
        .mapToDouble(k -> k.probability() * k.mean() * Math.exp(-k.mean()))
        .sum();
  }
}
