package org.eveproof.quantum.decoy;

import org.eveproof.quantum.Basis;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.Range;

/**
 * Measures a fraction p of the pulses, and sends on as many photons as she counted in the state
 * that she saw. So the gains stay what they are, and with fair bases the error rate rises from e to
 * e + p(1/4 − e/2). She holds the bits that she measured in the right basis, which the parties
 * announce later: p/2 of those that had a photon.
 *
 * @param fraction p, probability that a pulse is measured, 0 to 1
 * @param keyBasisProbability that she measures in X, 0 to 1
 * @see <a href="https://doi.org/10.1016/j.tcs.2014.05.025">Bennett and Brassard, Quantum
 *     cryptography: public key distribution and coin tossing (1984)</a>
 */
public record InterceptResend(double fraction, double keyBasisProbability) implements LineEve {
  /** Checks the ranges. */
  public InterceptResend {
    Range.require("fraction", fraction, 0, 1);
    Range.require("keyBasisProbability", keyBasisProbability, 0, 1);
  }

  /** Measures in a fair basis. */
  public InterceptResend(double fraction) {
    this(fraction, 0.5);
  }

  @Override
  public Light pass(Light pulse, Chance chance) {
    if (pulse.photons() == 0 || !chance.happens(fraction)) {
      return pulse;
    }
    Basis basis = Basis.of(chance.happens(keyBasisProbability));
    return basis == pulse.basis()
        ? pulse.resent(basis, pulse.bit(), true)
        : pulse.resent(basis, chance.coin(), false);
  }
}
