package org.eveproof.quantum.decoy;

import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.Range;
import org.eveproof.quantum.Receiver;

/**
 * A source, a fibre and a receiver.
 *
 * @param source what Alice sends
 * @param lossDecibels loss of the fibre, in dB, at least 0; 0.2 dB/km is common
 * @param receiver what Bob measures with
 */
public record OpticalLink(PulseSource source, double lossDecibels, Receiver receiver) {
  /** Checks the range. */
  public OpticalLink {
    Range.require("lossDecibels", lossDecibels, 0, 1000);
  }

  /** Returns single photons, without loss and noise. */
  public static OpticalLink ideal() {
    return new OpticalLink(PulseSource.singlePhotons(), 0, Receiver.ideal());
  }

  /** Returns the chance that a photon survives the fibre. */
  public double transmittance() {
    return Math.pow(10, -lossDecibels / 10);
  }
}
