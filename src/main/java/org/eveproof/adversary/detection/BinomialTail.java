package org.eveproof.adversary.detection;

import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.special.Beta;

/**
 * Exact tails of the binomial distribution, also where they are tiny, and what follows from them.
 */
public final class BinomialTail {
  private static final int MOST_STEPS = 10_000;

  private BinomialTail() {}

  /**
   * An interval of probabilities.
   *
   * @param low its lower end
   * @param high its upper end
   */
  public record Interval(double low, double high) {
    /** Whether a probability lies in it. */
    public boolean contains(double probability) {
      return low <= probability && probability <= high;
    }
  }

  /**
   * Returns the probability of at most {@code hits} in {@code trials}. Real numbers are allowed, as
   * the distribution is taken from the incomplete beta function.
   *
   * @param hits at least 0
   * @param trials at least {@code hits}
   * @param probability of a hit, 0 to 1
   */
  public static double atMost(double hits, double trials, double probability) {
    if (hits >= trials || probability <= 0) {
      return 1;
    }
    return probability >= 1 ? 0 : Beta.regularizedBeta(1 - probability, trials - hits, hits + 1);
  }

  /** Returns the probability of at least {@code hits} in {@code trials}. */
  public static double atLeast(double hits, double trials, double probability) {
    if (hits <= 0 || probability >= 1) {
      return 1;
    }
    return probability <= 0 ? 0 : Beta.regularizedBeta(probability, hits, trials - hits + 1);
  }

  /**
   * Returns the interval of Clopper and Pearson: it misses the true probability with at most {@code
   * alpha}, half of it at each end.
   *
   * @see <a href="https://doi.org/10.1093/biomet/26.4.404">Clopper and Pearson, Biometrika 26, 404
   *     (1934)</a>
   */
  public static Interval clopperPearson(double hits, double trials, double alpha) {
    double seen = hits / trials;
    double low =
        hits <= 0 ? 0 : root(p -> Math.log(atLeast(hits, trials, p) / (alpha / 2)), 1e-300, seen);
    double high =
        hits >= trials
            ? 1
            : root(p -> Math.log(atMost(hits, trials, p) / (alpha / 2)), seen, 1 - 1e-16);
    return new Interval(low, high);
  }

  /** Returns where a monotone function vanishes; an end if it does so beyond it. */
  private static double root(UnivariateFunction function, double low, double high) {
    UnivariateFunction bounded = p -> Math.max(-1e6, function.value(p));
    if (bounded.value(low) * bounded.value(high) >= 0) {
      return Math.abs(bounded.value(low)) < Math.abs(bounded.value(high)) ? low : high;
    }
    return new BracketingNthOrderBrentSolver(1e-10, 1e-18, 1e-12, 5)
        .solve(MOST_STEPS, bounded, low, high);
  }
}
