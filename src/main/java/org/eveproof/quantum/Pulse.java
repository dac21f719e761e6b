package org.eveproof.quantum;

/** What one time slot of the fibre carries: nothing, or one photon in one of the four states. */
public enum Pulse {
  /** No photon. */
  VACUUM,
  /** |0⟩. */
  ZERO,
  /** |1⟩. */
  ONE,
  /** |+⟩, the 0 of the X basis. */
  PLUS,
  /** |−⟩, the 1 of the X basis. */
  MINUS;

  /** Returns the photon that encodes {@code bit} in {@code basis}. */
  public static Pulse encoding(boolean bit, Basis basis) {
    if (basis == Basis.Z) {
      return bit ? ONE : ZERO;
    }
    return bit ? MINUS : PLUS;
  }

  /** Whether there is no photon. */
  public boolean isVacuum() {
    return this == VACUUM;
  }

  /**
   * Returns the basis in which the photon is certain.
   *
   * @throws IllegalStateException if there is no photon
   */
  public Basis basis() {
    requirePhoton();
    return Basis.of(this == PLUS || this == MINUS);
  }

  /**
   * Returns the bit that the photon encodes in its own basis.
   *
   * @throws IllegalStateException if there is no photon
   */
  public boolean bit() {
    requirePhoton();
    return this == ONE || this == MINUS;
  }

  /**
   * Returns the outcome of a perfect measurement: the encoded bit in the photon's own basis, a fair
   * coin in the other (Born's rule).
   *
   * @throws IllegalStateException if there is no photon
   */
  public boolean measure(Basis in, Chance physics) {
    return basis() == in ? bit() : physics.coin();
  }

  private void requirePhoton() {
    if (isVacuum()) {
      throw new IllegalStateException("there is no photon");
    }
  }
}
