package org.eveproof.delivery.health;

import java.util.function.DoubleUnaryOperator;

/**
 * Cutoffs that a statistic of uniform bits reaches with no more than a given probability.
 *
 * <p>All are Chernoff's: for each θ &gt; 0, P(X ≥ t) ≤ exp(K(θ) − θt), where K is the logarithm of
 * the moment generating function of X. So t = (K(θ) + ln 1/α) / θ is reached with probability at
 * most α <em>whatever θ is</em>: the search for the best θ decides how sharp a cutoff is, never
 * whether it is valid. Unlike a normal approximation this holds at any sample size and for tails as
 * far out as 2<sup>−40</sup>.
 */
final class TailBound {
  private static final double LEAST_LOG_THETA = -14;
  private static final double GREATEST_LOG_THETA = 4;
  private static final int SEARCH_STEPS = 60;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private TailBound() {}

  /**
   * Returns a cutoff that is reached with probability at most {@code alpha}.
   *
   * @param logMoment K, convex, or an upper bound of it
   */
  static double cutoff(DoubleUnaryOperator logMoment, double alpha) {
    DoubleUnaryOperator atLogTheta =
        log -> {
          double theta = Math.exp(log);
          return (logMoment.applyAsDouble(theta) - Math.log(alpha)) / theta;
        };
    double low = LEAST_LOG_THETA;
    double high = GREATEST_LOG_THETA;
    double best = Double.POSITIVE_INFINITY;
    for (int step = 0; step < SEARCH_STEPS; step++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      double atLeft = atLogTheta.applyAsDouble(left);
      double atRight = atLogTheta.applyAsDouble(right);
      best = Math.min(best, Math.min(atLeft, atRight));
      if (atLeft <= atRight) {
        high = right;
      } else {
        low = left;
      }
    }
    return best;
  }

  /** Returns a cutoff for the number of successes in {@code trials} of probability {@code p}. */
  static double successes(long trials, double p, double alpha) {
    return cutoff(theta -> trials * Math.log1p(p * Math.expm1(theta)), alpha);
  }

  /** Returns a cutoff for how far the number of heads in {@code tosses} is from its half. */
  static double headsOff(long tosses, double alpha) {
    return cutoff(theta -> tosses * logCosh(theta / 2), alpha / 2);
  }

  /** Returns ln cosh x, for x at least 0 and as great as it likes. */
  static double logCosh(double x) {
    return x + Math.log1p(Math.exp(-2 * x)) - Math.log(2);
  }
}
