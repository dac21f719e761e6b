package org.eveproof.quantum;

import java.util.random.RandomGenerator;

/**
 * The chance that drives the simulated physics. A type of its own, and no source of random numbers
 * for anything else: no bits can be taken out of it, so no secret can be drawn from it.
 */
public interface Chance {

  /** Returns true with the given probability, 0 to 1. */
  boolean happens(double probability);

  /** Returns true with probability 1/2. */
  default boolean coin() {
    return happens(0.5);
  }

  /**
   * Returns how many of some trials succeed.
   *
   * @param trials at least 0
   * @param probability of each to succeed, 0 to 1
   */
  default int binomial(int trials, double probability) {
    int successes = 0;
    for (int i = 0; i < trials; i++) {
      successes += happens(probability) ? 1 : 0;
    }
    return successes;
  }

  /** Returns chance that a generator drives. */
  static Chance drivenBy(RandomGenerator generator) {
    return new Chance() {
      @Override
      public boolean happens(double probability) {
        return generator.nextDouble() < probability;
      }

      @Override
      public boolean coin() {
        return generator.nextBoolean();
      }
    };
  }
}
