package org.eveproof.quantum.decoy;

import java.util.SplittableRandom;
import org.eveproof.quantum.Chance;

/**
 * Chance from a seed: {@link SplittableRandom} (SplitMix64; Steele, Lea and Flood, Fast splittable
 * pseudorandom number generators, OOPSLA 2014). Equal seeds give equal runs. It is no {@link
 * java.util.random.RandomGenerator}, so that no key can be made of it.
 */
public final class PhysicsRandom implements Chance {
  /** The generator's name, to be stated with every result. */
  public static final String NAME = "SplittableRandom";

  /** The form of the probability 1. */
  private static final long ALWAYS = -1L;

  private final SplittableRandom source;

  /** Starts from a seed. */
  public PhysicsRandom(long seed) {
    source = new SplittableRandom(seed);
  }

  @Override
  public boolean happens(double probability) {
    return unit() < probability;
  }

  /** Returns a number from 0, included, to 1, excluded. */
  double unit() {
    return (source.nextLong() >>> 11) * 0x1p-53;
  }

  /** Returns 64 fair coins. */
  long word() {
    return source.nextLong();
  }

  /**
   * Returns 64 coins that show 1 with probability {@code threshold}/2⁶⁴, as {@link #threshold}
   * gives it. Each lane compares a random binary fraction with the probability, digit by digit;
   * lanes are decided at the first digit that differs, which is soon.
   */
  long word(long threshold) {
    if (threshold == ALWAYS) {
      return -1L;
    }
    long result = 0;
    long undecided = -1L;
    for (long digits = threshold; digits != 0 && undecided != 0; digits <<= 1) {
      long random = source.nextLong();
      long digit = digits >> 63;
      result |= undecided & ~random & digit;
      undecided &= random ^ ~digit;
    }
    return result;
  }

  /** Returns the form of a probability that {@link #word(long)} takes; exact to 2⁻⁶³. */
  static long threshold(double probability) {
    return probability == 1 ? ALWAYS : (long) (probability * 0x1p63) << 1;
  }

  /**
   * Returns how many trials it takes until one succeeds, the successful one included.
   *
   * @param probability of success, above 0, at most 1
   */
  long trialsUntil(double probability) {
    if (probability == 1) {
      return 1;
    }
    return 1 + (long) Math.floor(Math.log1p(-unit()) / Math.log1p(-probability));
  }
}
