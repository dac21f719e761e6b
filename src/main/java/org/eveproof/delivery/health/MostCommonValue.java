package org.eveproof.delivery.health;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How often the most common value occurs, among bytes and among bits (SP 800-90B section 6.3.1):
 * finds bias. The count of each value is binomial; the cutoff is shared among the values.
 */
final class MostCommonValue {
  /** Upper bound of a confidence interval of 99 %, as section 6.3.1 has it. */
  private static final double CONFIDENCE = 2.576;

  private MostCommonValue() {}

  static Finding ofBytes(Block block, double alpha) {
    int most = Arrays.stream(block.histogram()).max().orElseThrow();
    return new Finding(
        "most common byte",
        "",
        most,
        byteCutoff(block.length(), alpha),
        OptionalDouble.of(minEntropy(most, block.length())));
  }

  /** Returns what no byte value's count reaches, but with probability {@code alpha}. */
  static double byteCutoff(int length, double alpha) {
    return TailBound.successes(length, 1.0 / 256, alpha / 256);
  }

  static Finding ofBits(Block block, double alpha) {
    long ones = block.ones();
    long most = Math.max(ones, block.bits() - ones);
    return new Finding(
        "most common bit",
        ones == most ? "one" : "zero",
        most,
        block.bits() / 2.0 + TailBound.headsOff(block.bits(), alpha),
        OptionalDouble.of(8 * minEntropy(most, block.bits())));
  }

  private static double minEntropy(long most, long count) {
    double p = (double) most / count;
    double upper =
        count == 1 ? 1 : Math.min(1, p + CONFIDENCE * Math.sqrt(p * (1 - p) / (count - 1)));
    // Not "-log2(1)", which is minus zero.
    return Math.log(1 / upper) / Math.log(2);
  }
}
