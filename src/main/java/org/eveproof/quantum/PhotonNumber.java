package org.eveproof.quantum;

/** How many photons a pulse has. */
public sealed interface PhotonNumber {

  /** Returns the probability of {@code n} photons, n at least 0. */
  double probability(int n);

  /** Returns a number beyond which nothing is worth counting: the rest weighs less than 10⁻¹⁸. */
  int most();

  /** Draws a number. */
  int draw(Chance chance);

  /**
   * Laser light of random phase.
   *
   * @param mean μ, mean number of photons in a pulse, 0 to 20
   */
  record Poisson(double mean) implements PhotonNumber {
    private static final double LEAST = 1e-19;

    /** Checks the range. */
    public Poisson {
      Range.require("mean", mean, 0, 20);
    }

    @Override
    public double probability(int n) {
      double probability = Math.exp(-mean);
      for (int i = 1; i <= n; i++) {
        probability *= mean / i;
      }
      return probability;
    }

    @Override
    public int most() {
      int n = 0;
      while (worthCounting(n, probability(n))) {
        n++;
      }
      return n;
    }

    private boolean worthCounting(int n, double probability) {
      return n <= mean || probability > LEAST;
    }

    /** None or more, one or more, and so on. */
    @Override
    public int draw(Chance chance) {
      double exactly = Math.exp(-mean);
      double orMore = 1;
      int n = 0;
      while (worthCounting(n, exactly) && !chance.happens(Math.min(1, exactly / orMore))) {
        orMore = Math.max(LEAST, orMore - exactly);
        exactly *= mean / ++n;
      }
      return n;
    }
  }

  /**
   * A source of single photons, if {@code count} is 1.
   *
   * @param count number of photons in each pulse, 0 to 100
   */
  record Exactly(int count) implements PhotonNumber {
    /** Checks the range. */
    public Exactly {
      Range.require("count", count, 0, 100);
    }

    @Override
    public double probability(int n) {
      return n == count ? 1 : 0;
    }

    @Override
    public int most() {
      return count;
    }

    @Override
    public int draw(Chance chance) {
      return count;
    }
  }

  /** Returns the probability of {@code k} successes in {@code n} trials. */
  static double binomial(int n, int k, double success) {
    double probability = 1;
    for (int i = 1; i <= k; i++) {
      probability *= success * (n - k + i) / i;
    }
    return probability * Math.pow(1 - success, n - k);
  }
}
