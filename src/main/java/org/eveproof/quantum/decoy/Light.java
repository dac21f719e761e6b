package org.eveproof.quantum.decoy;

import org.eveproof.quantum.Basis;

/**
 * A pulse on its way to Bob, and what Eve keeps of it.
 *
 * @param basis the basis in which its photons are certain
 * @param bit the bit that they encode in it
 * @param photons their number, at least 0
 * @param transmittance chance that each survives the rest of the way, 0 to 1
 * @param zeroSensitivity factor on the efficiency of the detector for bit 0 at the moment at which
 *     the pulse will arrive, 0 to 1
 * @param oneSensitivity the same for the detector for bit 1
 * @param held whether Eve has a record of the bit, and it is right; each attack says when
 */
public record Light(
    Basis basis,
    boolean bit,
    int photons,
    double transmittance,
    double zeroSensitivity,
    double oneSensitivity,
    boolean held) {

  /** Returns a pulse as it enters the fibre. */
  static Light leaving(Basis basis, boolean bit, int photons, double transmittance) {
    return new Light(basis, bit, photons, transmittance, 1, 1, false);
  }

  /** Returns the same number of photons in another state. */
  Light resent(Basis in, boolean as, boolean known) {
    return new Light(in, as, photons, transmittance, zeroSensitivity, oneSensitivity, known);
  }

  /** Returns the same state with another number of photons, on another way. */
  Light sentOn(int number, double over, boolean known) {
    return new Light(basis, bit, number, over, zeroSensitivity, oneSensitivity, known);
  }
}
