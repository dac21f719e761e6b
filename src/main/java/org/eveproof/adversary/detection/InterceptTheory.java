package org.eveproof.adversary.detection;

/** What intercept-resend in a fair basis does to BB84, and how surely a test of bits shows it. */
public final class InterceptTheory {
  private static final int MOST_BITS = 10_000_000;

  private InterceptTheory() {}

  /**
   * Returns the error rate e + p(1/4 − e/2).
   *
   * @param fraction p, share of the pulses that Eve measures
   * @param honest e, error rate without her
   */
  public static double errorRate(double fraction, double honest) {
    return honest + fraction * (0.25 - honest / 2);
  }

  /** Returns the share of the sifted bits that Eve knows: she measured them, in the right basis. */
  public static double known(double fraction) {
    return fraction / 2;
  }

  /** Returns (1 − Q)^k, the probability that k bits with error rate Q show no error. */
  public static double escape(double errorRate, int bits) {
    return Math.exp(bits * Math.log1p(-errorRate));
  }

  /** Returns the least k with (1 − Q)^k ≤ ε. */
  public static int bitsWithoutError(double errorRate, double epsilon) {
    return (int) Math.ceil(Math.log(epsilon) / Math.log1p(-errorRate));
  }

  /** Returns the probability that k bits with error rate Q show at most the share T of errors. */
  public static double passes(double errorRate, double tolerated, int bits) {
    return BinomialTail.atMost(Math.floor(tolerated * bits), bits, errorRate);
  }

  /** Returns how many bits suffice by Hoeffding: ln(1/ε) / (2 (Q − T)²). */
  public static int bitsByHoeffding(double errorRate, double tolerated, double epsilon) {
    double apart = errorRate - tolerated;
    return (int) Math.ceil(-Math.log(epsilon) / (2 * apart * apart));
  }

  /** Returns how many bits suffice by Chernoff: ln(1/ε) / D(T ‖ Q). */
  public static int bitsByChernoff(double errorRate, double tolerated, double epsilon) {
    double divergence =
        tolerated * Math.log(tolerated / errorRate)
            + (1 - tolerated) * Math.log((1 - tolerated) / (1 - errorRate));
    return (int) Math.ceil(-Math.log(epsilon) / divergence);
  }

  /**
   * Returns the least k for which the test passes with at most ε, and for the next 1/T + 1 numbers
   * of bits as well: as T·k is rounded down, the probability rises and falls.
   *
   * @throws IllegalArgumentException unless T lies below Q, or if it takes more than 10⁷ bits
   */
  public static int bitsExactly(double errorRate, double tolerated, double epsilon) {
    if (!(tolerated > 0 && tolerated < errorRate)) {
      throw new IllegalArgumentException(tolerated + " must lie between 0 and " + errorRate);
    }
    int run = (int) Math.ceil(1 / tolerated) + 1;
    int held = 0;
    for (int bits = 1; bits <= MOST_BITS; bits++) {
      held = passes(errorRate, tolerated, bits) <= epsilon ? held + 1 : 0;
      if (held > run) {
        return bits - run;
      }
    }
    throw new IllegalArgumentException("more than " + MOST_BITS + " bits");
  }
}
