package org.eveproof.adversary.detection;

import org.eveproof.adversary.detection.BinomialTail.Interval;

/**
 * A share that was counted, and what theory says of it.
 *
 * @param name what was counted
 * @param hits how often it was so
 * @param trials of how many
 * @param expected probability by theory, 0 to 1
 * @param clustering how many times the variance is that of independent trials, at least 1: more
 *     where clicks bring about clicks
 * @param falseAlarm probability at most that chance alone puts the measurement outside its bound
 */
public record Measurement(
    String name, long hits, long trials, double expected, double clustering, double falseAlarm) {
  /** Misses of the interval that is shown. */
  private static final double SHOWN = 0.05;

  /** Checks the ranges. */
  public Measurement {
    if (!(hits >= 0 && hits <= trials && expected >= 0 && clustering >= 1 && falseAlarm > 0)) {
      throw new IllegalArgumentException(
          name + ": " + hits + " of " + trials + ", expected " + expected);
    }
  }

  /** Returns the share that was counted; NaN if there was no trial. */
  public double share() {
    return (double) hits / trials;
  }

  /** Returns the interval of Clopper and Pearson that holds the true share but for one in 20. */
  public Interval interval() {
    return trials == 0
        ? new Interval(0, 1)
        : BinomialTail.clopperPearson(hits / clustering, trials / clustering, SHOWN);
  }

  /** Whether the count lies within the bound: neither tail is below half the false alarm. */
  public boolean agrees() {
    double limit = falseAlarm / 2;
    return trials == 0
        || (BinomialTail.atMost(hits / clustering, trials / clustering, expected) >= limit
            && BinomialTail.atLeast(hits / clustering, trials / clustering, expected) >= limit);
  }
}
