package org.eveproof.quantum.decoy;

import org.eveproof.quantum.Chance;
import org.eveproof.quantum.Range;

/**
 * Attacks a share of the pulses, each by chance, and leaves the others alone.
 *
 * @param fraction probability that a pulse is attacked, 0 to 1
 * @param attack what is done to it
 */
public record Sometimes(double fraction, LineEve attack) implements LineEve {
  /** Checks the range. */
  public Sometimes {
    Range.require("fraction", fraction, 0, 1);
  }

  @Override
  public Light pass(Light pulse, Chance chance) {
    return chance.happens(fraction) ? attack.pass(pulse, chance) : pulse;
  }
}
