package org.eveproof.protocol;

import java.util.function.LongSupplier;

/**
 * Turns fair coins into biased ones, 64 at a time. Each lane of a word compares a random binary
 * fraction with the probability, digit by digit, and is decided at the first digit that differs,
 * which is soon.
 */
public final class BiasedCoins {
  /** The form of the probability 1, which no other has: the lowest digit is never used. */
  private static final long ALWAYS = -1L;

  private BiasedCoins() {}

  /**
   * Returns the form of a probability that {@link #word} takes; rounded down, exact to 2⁻⁶³.
   *
   * @param one probability of a one, 0 to 1
   */
  public static long threshold(double one) {
    if (!(one >= 0 && one <= 1)) {
      throw new IllegalArgumentException("one=" + one);
    }
    return one == 1 ? ALWAYS : (long) (one * 0x1p63) << 1;
  }

  /**
   * Returns 64 coins that show one with the probability of the threshold.
   *
   * @param fair supplies words of fair coins; about eight are taken, and 63 at most
   */
  public static long word(long threshold, LongSupplier fair) {
    if (threshold == ALWAYS) {
      return -1L;
    }
    long ones = 0;
    long undecided = -1L;
    for (long digits = threshold; digits != 0 && undecided != 0; digits <<= 1) {
      long random = fair.getAsLong();
      long digit = digits >> 63;
      ones |= undecided & ~random & digit;
      undecided &= random ^ ~digit;
    }
    return ones;
  }
}
