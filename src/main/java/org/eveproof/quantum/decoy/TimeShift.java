package org.eveproof.quantum.decoy;

import org.eveproof.quantum.Chance;
import org.eveproof.quantum.Range;

/**
 * Makes use of detectors that differ in when they are sensitive. Pulses come early or late, by a
 * fair coin: early ones find the detector for bit 0 sensitive and the other one less so, late ones
 * the other way round. She disturbs no state. She bets that Bob's bit is that of the sensitive
 * detector, and holds the bit of a pulse when she bets right, which she does not know: {@code
 * strong/(strong + weak)} of the sifted bits, where 1/2 is worth nothing. Counts of clicks and
 * errors do not show it if she makes up for the lost sensitivity; against it stands the alikeness
 * of the detectors, an assumption about the devices.
 *
 * @param fraction probability that a pulse is shifted, 0 to 1
 * @param strong sensitivity of the favoured detector for a shifted pulse, relative to its
 *     efficiency for others, 0 to 1
 * @param weak the same for the other detector, 0 to {@code strong}
 * @see <a href="https://arxiv.org/abs/quant-ph/0512080">Qi, Fung, Lo and Ma, Time-shift attack in
 *     practical quantum cryptosystems (2005)</a>
 */
public record TimeShift(double fraction, double strong, double weak) implements LineEve {
  /** Checks the ranges. */
  public TimeShift {
    Range.require("fraction", fraction, 0, 1);
    Range.require("strong", strong, 0, 1);
    Range.require("weak", weak, 0, strong);
  }

  @Override
  public Light pass(Light pulse, Chance chance) {
    if (!chance.happens(fraction)) {
      return pulse;
    }
    boolean late = chance.coin();
    return new Light(
        pulse.basis(),
        pulse.bit(),
        pulse.photons(),
        pulse.transmittance(),
        late ? weak : strong,
        late ? strong : weak,
        pulse.bit() == late);
  }
}
