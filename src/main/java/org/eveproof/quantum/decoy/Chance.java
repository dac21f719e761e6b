package org.eveproof.quantum.decoy;

/**
 * The chance that drives the simulated physics. A type of its own, which is no source of random
 * numbers for anything else: a secret cannot be drawn from it.
 */
public sealed interface Chance permits PhysicsRandom, AllOutcomes.Path {

  /** Returns true with the given probability, 0 to 1. */
  boolean happens(double probability);

  /** Returns true with probability 1/2. */
  default boolean coin() {
    return happens(0.5);
  }

  /**
   * Returns how many of {@code trials} succeed when each does with the same probability: 0
   * successes or more, 1 or more, and so on.
   *
   * @param trials at least 0
   * @param probability 0 to 1
   */
  default int binomial(int trials, double probability) {
    int successes = 0;
    for (int i = 0; i < trials; i++) {
      successes += happens(probability) ? 1 : 0;
    }
    return successes;
  }
}
