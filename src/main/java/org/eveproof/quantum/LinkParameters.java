package org.eveproof.quantum;

/**
 * The optical link: a source, a fibre with loss, and two detectors, one for each bit value. The
 * chance of a detection is the same in both bases.
 *
 * @param pulses number of pulses of one run, at least 1
 * @param source of the light; Bob chooses the key's basis with the same probability as Alice
 * @param transmittance chance that a photon survives the fibre, 0 to 1
 * @param detectorEfficiency chance that a photon which arrives makes its detector click, 0 to 1
 * @param darkCountProbability chance that a detector clicks by itself, for each detector and pulse,
 *     0 to 1
 * @param misalignment chance that a photon reaches the wrong detector in its own basis, 0 to 0.5
 */
public record LinkParameters(
    int pulses,
    PulseSource source,
    double transmittance,
    double detectorEfficiency,
    double darkCountProbability,
    double misalignment) {

  /** A link with a source of single photons. */
  public LinkParameters(
      int pulses,
      double transmittance,
      double detectorEfficiency,
      double darkCountProbability,
      double misalignment) {
    this(
        pulses,
        PulseSource.singlePhotons(),
        transmittance,
        detectorEfficiency,
        darkCountProbability,
        misalignment);
  }

  /** Checks the ranges. */
  public LinkParameters {
    if (pulses < 1) {
      throw new IllegalArgumentException("pulses=" + pulses);
    }
    requireProbability("transmittance", transmittance);
    requireProbability("detectorEfficiency", detectorEfficiency);
    requireProbability("darkCountProbability", darkCountProbability);
    requireProbability("misalignment", 2 * misalignment);
  }

  /** Returns a link without loss, noise or error. */
  public static LinkParameters ideal(int pulses) {
    return new LinkParameters(pulses, 1, 1, 0, 0);
  }

  /** Returns the same link with a fibre that loses {@code decibels}, at least 0. */
  public LinkParameters withLoss(double decibels) {
    return new LinkParameters(
        pulses,
        source,
        Math.pow(10, -decibels / 10),
        detectorEfficiency,
        darkCountProbability,
        misalignment);
  }

  /** Returns the loss of the fibre in dB. */
  public double lossDecibels() {
    return -10 * Math.log10(transmittance);
  }

  static void requireProbability(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + "=" + value + " is out of range");
    }
  }
}
