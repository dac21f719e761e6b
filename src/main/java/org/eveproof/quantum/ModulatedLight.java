package org.eveproof.quantum;

import java.util.List;
import org.eveproof.protocol.Bits;

/**
 * The pulses of one run as Alice's modulator makes them. How many photons each has is nature's
 * choice. A real fibre shows this to nobody: of the protocol only {@link QuantumLink} may look.
 *
 * @param intensities the index of the intensity of each pulse in binary, lowest digit first; no
 *     digits if there is one intensity only
 * @param bases the basis of each pulse: 0 = Z, 1 = X
 * @param bits the bit that it encodes
 */
public record ModulatedLight(List<Bits> intensities, Bits bases, Bits bits) {
  /** Holds them against each other. */
  public ModulatedLight {
    intensities = List.copyOf(intensities);
    if (bits.length() != bases.length()
        || intensities.stream().anyMatch(digit -> digit.length() != bits.length())) {
      throw new IllegalArgumentException("bits, bases and intensities are not of one run");
    }
  }

  /** Draws how many photons leave Alice's door in each pulse. */
  public PulseTrain photons(PulseSource source, Chance physics) {
    return PulseTrain.of(
        bits.length(),
        source.photonDigits(),
        i -> pulse(i).with(source.levels().get(intensity(i)).light().draw(physics)));
  }

  /** Returns the train of a source of single photons, in which nothing is left to chance. */
  public PulseTrain singlePhotons() {
    return PulseTrain.of(bits.length(), 1, this::pulse);
  }

  private Pulse pulse(int index) {
    return Pulse.encoding(bits.get(index), Basis.of(bases.get(index)));
  }

  private int intensity(int index) {
    int level = 0;
    for (int digit = 0; digit < intensities.size(); digit++) {
      level |= intensities.get(digit).get(index) ? 1 << digit : 0;
    }
    return level;
  }

  @Override
  public String toString() {
    return "ModulatedLight[" + bits.length() + " pulses]";
  }
}
