package org.eveproof.quantum.decoy;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.eveproof.protocol.BiasedCoins;
import org.eveproof.quantum.Chance;

/**
 * Chance from a seed: {@link SplittableRandom} (SplitMix64; Steele, Lea and Flood, Fast splittable
 * pseudorandom number generators, OOPSLA 2014). Equal seeds give equal runs. It is no {@link
 * java.util.random.RandomGenerator}, so that no key can be made of it.
 */
public final class PhysicsRandom implements Chance {
  /** The generator's name, to be stated with every result. */
  public static final String NAME = "SplittableRandom";

  private final SplittableRandom source;
  private final LongSupplier fair;

  /** Starts from a seed. */
  public PhysicsRandom(long seed) {
    source = new SplittableRandom(seed);
    fair = source::nextLong;
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

  /** Returns 64 coins of a bias that {@link BiasedCoins#threshold} gives. */
  long word(long threshold) {
    return BiasedCoins.word(threshold, fair);
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
