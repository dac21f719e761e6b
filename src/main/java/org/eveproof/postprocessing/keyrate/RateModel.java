package org.eveproof.postprocessing.keyrate;

/**
 * What can be chosen for one question, as coordinates between 0 and 1, and what a choice is worth.
 */
interface RateModel {
  /** Returns for each coordinate the values to try before the search. */
  double[][] grid();

  /**
   * Returns the worth of a choice: its rate, or below 0 how much each bit of the block lacks. The
   * second must not be counted for each pulse: that would make many pulses look good.
   */
  double worth(double[] choice);

  /** Returns everything about a choice. */
  RatePoint point(double[] choice);
}
