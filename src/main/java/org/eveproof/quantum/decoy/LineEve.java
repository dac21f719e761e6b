package org.eveproof.quantum.decoy;

import org.eveproof.quantum.Chance;

/**
 * Eve on the fibre, at Alice's door. She can do to a pulse whatever physics allows, without noise
 * and loss of her own, and may replace the fibre behind her by one without loss.
 *
 * <p>Blinding and other attacks on the inside of the devices are outside this model.
 */
public sealed interface LineEve
    permits LineEve.Nobody,
        InterceptResend,
        PhotonNumberSplitting,
        BeamSplitting,
        TimeShift,
        Sometimes {

  /** Returns what goes on to Bob when {@code pulse} reaches her. */
  Light pass(Light pulse, Chance chance);

  /** There is no Eve. */
  record Nobody() implements LineEve {
    @Override
    public Light pass(Light pulse, Chance chance) {
      return pulse;
    }
  }
}
