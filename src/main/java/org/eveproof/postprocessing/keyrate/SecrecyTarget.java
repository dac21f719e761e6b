package org.eveproof.postprocessing.keyrate;

/**
 * What ε_sec is to be.
 *
 * @param epsilon in (0, 1)
 * @param perSecretBit whether it is meant for each bit of the key, as in some papers' figures, and
 *     not for the whole key
 */
public record SecrecyTarget(double epsilon, boolean perSecretBit) {
  /** How often ε_sec and the length are adapted to each other; the length hardly depends on it. */
  private static final int ROUNDS = 6;

  /** A length for each ε_sec. */
  @FunctionalInterface
  interface Length {
    double at(double secrecyEpsilon);
  }

  /** Checks the range. */
  public SecrecyTarget {
    if (!(epsilon > 0 && epsilon < 1)) {
      throw new IllegalArgumentException("epsilon=" + epsilon);
    }
  }

  /**
   * Returns ε_sec for a whole key.
   *
   * @param most greatest length that the key can have
   * @param length the length that each ε_sec gives
   */
  double forKey(double most, Length length) {
    if (!perSecretBit) {
      return epsilon;
    }
    double bits = most;
    for (int i = 0; i < ROUNDS; i++) {
      bits = Math.max(1, length.at(Math.min(0.5, epsilon * bits)));
    }
    return Math.min(0.5, epsilon * bits);
  }
}
