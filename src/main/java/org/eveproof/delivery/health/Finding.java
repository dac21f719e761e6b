package org.eveproof.delivery.health;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What one test says of a block.
 *
 * @param test its name
 * @param detail where the value was found, or an empty text
 * @param value the statistic; counts unless the name says otherwise
 * @param bound a healthy block's statistic is less, but for the stated probability of false alarm
 * @param minEntropy estimate of the min-entropy in bits per byte, where the test gives one; never
 *     decides (SP 800-90B section 6.3 puts a confidence bound of 99 % in it, so that it is below 8
 *     for good blocks also)
 */
public record Finding(
    String test, String detail, double value, double bound, OptionalDouble minEntropy) {

  static Finding of(String test, String detail, double value, double bound) {
    return new Finding(test, detail, value, bound, OptionalDouble.empty());
  }

  /** Whether the test passed. */
  public boolean holds() {
    return value < bound;
  }

  /** Returns one line for people. */
  public String text() {
    String where = detail.isEmpty() ? "" : " (" + detail + ")";
    String entropy =
        minEntropy.isPresent()
            ? String.format(
                Locale.ROOT, "; min-entropy estimate %.2f bits per byte", minEntropy.getAsDouble())
            : "";
    return String.format(
        Locale.ROOT,
        "%s%s: %s, %s %s%s",
        test,
        where,
        number(value),
        holds() ? "below" : "NOT below",
        number(bound),
        entropy);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
