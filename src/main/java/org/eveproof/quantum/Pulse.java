package org.eveproof.quantum;

/**
 * What one time slot of the fibre carries: some photons, all in the same of the four states.
 *
 * @param photons their number, at least 0
 * @param state the basis in which they are certain; Z if there are none
 * @param value the bit that they encode in it; false if there are none
 */
public record Pulse(int photons, Basis state, boolean value) {
  /** No photon. */
  public static final Pulse VACUUM = new Pulse(0, Basis.Z, false);

  /** Returns one photon that encodes {@code bit} in {@code basis}. */
  public static Pulse encoding(boolean bit, Basis basis) {
    return new Pulse(1, basis, bit);
  }

  /** Whether there is no photon. */
  public boolean isVacuum() {
    return photons == 0;
  }

  /** Returns so many photons in the same state. */
  public Pulse with(int number) {
    return number == 0 ? VACUUM : new Pulse(number, state, value);
  }

  /**
   * Returns the basis in which the photons are certain.
   *
   * @throws IllegalStateException if there is none
   */
  public Basis basis() {
    requirePhoton();
    return state;
  }

  /**
   * Returns the bit that the photons encode in their own basis.
   *
   * @throws IllegalStateException if there is none
   */
  public boolean bit() {
    requirePhoton();
    return value;
  }

  /**
   * Returns the outcome of a perfect measurement of one of the photons: the encoded bit in their
   * own basis, a fair coin in the other (Born's rule).
   *
   * @throws IllegalStateException if there is none
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
