package org.eveproof.quantum.decoy;

import org.eveproof.quantum.Chance;
import org.eveproof.quantum.Range;

/**
 * Takes a share of the light, and sends the rest over a fibre without loss. If the share is what
 * the fibre would lose, nothing that the parties can count shows her. She holds the bits of the
 * pulses from which she took at least one photon, which she measures when the bases are announced.
 * The length of the key counts single photons alone, and of those she gets none that Bob gets.
 *
 * @param share chance that a photon goes to Eve, 0 to 1
 * @see <a href="https://doi.org/10.1103/PhysRevA.61.052304">Lütkenhaus, Security against individual
 *     attacks for realistic quantum key distribution, Phys. Rev. A 61, 052304 (2000)</a>
 */
public record BeamSplitting(double share) implements LineEve {
  /** Checks the range. */
  public BeamSplitting {
    Range.require("share", share, 0, 1);
  }

  /** Returns the attack that takes what the fibre of this link would lose. */
  public static BeamSplitting unnoticed(OpticalLink link) {
    return new BeamSplitting(1 - link.transmittance());
  }

  @Override
  public Light pass(Light pulse, Chance chance) {
    int taken = chance.binomial(pulse.photons(), share);
    return pulse.sentOn(pulse.photons() - taken, 1, taken > 0);
  }
}
