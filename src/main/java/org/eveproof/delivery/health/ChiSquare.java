package org.eveproof.delivery.health;

/**
 * Pearson's statistic of the 256 byte values: finds a distribution that is uneven in many places,
 * none of them much.
 *
 * <p>With n bytes and λ = n/256, X² = Σ (c − λ)²/λ. Given their sum, independent Poisson counts are
 * distributed like the counts of uniform bytes, so an event is at most 1/P(Poisson(n) = n) ≤
 * √(2πn)·e<sup>1/(12n)</sup> times as probable for uniform bytes as for 256 independent counts; and
 * for these Chernoff's bound can be computed. The square has no moment generating function: counts
 * are cut off where {@link MostCommonValue} refuses the block anyway.
 */
final class ChiSquare {
  private static final int VALUES = 256;

  private ChiSquare() {}

  static Finding ofBytes(Block block, double alpha) {
    double mean = block.length() / (double) VALUES;
    double statistic = 0;
    for (int count : block.histogram()) {
      statistic += (count - mean) * (count - mean) / mean;
    }
    return Finding.of("chi-square, bytes", "", statistic, cutoff(block.length(), alpha));
  }

  private static double cutoff(int length, double alpha) {
    double mean = length / (double) VALUES;
    int counts = (int) Math.ceil(MostCommonValue.byteCutoff(length, alpha));
    double[] logPoisson = new double[counts];
    logPoisson[0] = -mean;
    for (int c = 1; c < counts; c++) {
      logPoisson[c] = logPoisson[c - 1] + Math.log(mean / c);
    }
    double logConditioning = Math.log(2 * Math.PI * length) / 2 + 1 / (12.0 * length);
    return TailBound.cutoff(
        theta -> VALUES * logMoment(logPoisson, mean, theta) + logConditioning, alpha);
  }

  private static double logMoment(double[] logPoisson, double mean, double theta) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logPoisson.length; c++) {
      greatest = Math.max(greatest, logPoisson[c] + theta * (c - mean) * (c - mean) / mean);
    }
    double sum = 0;
    for (int c = 0; c < logPoisson.length; c++) {
      sum += Math.exp(logPoisson[c] + theta * (c - mean) * (c - mean) / mean - greatest);
    }
    return greatest + Math.log(sum);
  }
}
