package org.eveproof.quantum;

/**
 * The optical link: a source, a fibre with loss, and Bob's receiver. The chance of a detection is
 * the same in both bases.
 *
 * @param pulses number of pulses of one run, at least 1
 * @param source of the light
 * @param transmittance chance that a photon survives the fibre, 0 to 1
 * @param receiver what Bob measures with; he chooses the key's basis with the same probability as
 *     Alice, whatever it says, and a click brings about another one with at most {@value
 *     Receiver#MOST_AFTERPULSES}
 */
public record LinkParameters(
    int pulses, PulseSource source, double transmittance, Receiver receiver) {
  /** Checks the ranges. */
  public LinkParameters {
    if (pulses < 1) {
      throw new IllegalArgumentException("pulses=" + pulses);
    }
    Range.require("transmittance", transmittance, 0, 1);
    Range.require(
        "afterpulseProbability", receiver.afterpulseProbability(), 0, Receiver.MOST_AFTERPULSES);
    receiver = receiver.withKeyBasis(source.keyBasisProbability());
  }

  /** A link whose detectors have neither dead time nor afterpulses. */
  public LinkParameters(
      int pulses,
      PulseSource source,
      double transmittance,
      double efficiency,
      double darkCountProbability,
      double misalignment) {
    this(
        pulses,
        source,
        transmittance,
        new Receiver(
            efficiency, darkCountProbability, misalignment, 0, 0, 1, source.keyBasisProbability()));
  }

  /** The same with a source of single photons. */
  public LinkParameters(
      int pulses,
      double transmittance,
      double efficiency,
      double darkCountProbability,
      double misalignment) {
    this(
        pulses,
        PulseSource.singlePhotons(),
        transmittance,
        efficiency,
        darkCountProbability,
        misalignment);
  }

  /** Returns a link without loss, noise or error. */
  public static LinkParameters ideal(int pulses) {
    return new LinkParameters(pulses, 1, 1, 0, 0);
  }

  /** Returns the same link with a fibre that loses {@code decibels}, at least 0. */
  public LinkParameters withLoss(double decibels) {
    return new LinkParameters(pulses, source, Math.pow(10, -decibels / 10), receiver);
  }

  /** Returns the loss of the fibre in dB; without limit if it lets nothing pass. */
  public double lossDecibels() {
    return -10 * Math.log10(transmittance);
  }
}
