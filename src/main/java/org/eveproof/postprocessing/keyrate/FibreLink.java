package org.eveproof.postprocessing.keyrate;

import org.eveproof.postprocessing.finitekey.Gllp.Gain;

/**
 * A fibre with a detector for each bit value, in closed form. With η the chance that a photon is
 * detected, a pulse of mean photon number k is detected with probability
 *
 * <pre>
 *   R_k = D_k (1 + p_ap),  D_k = 1 − (1 − 2 p_dc) e^(−η k)
 * </pre>
 *
 * and as the wrong bit with p_dc + e_mis (1 − e^(−η k)) + p_ap D_k / 2.
 *
 * @param decibelsPerKilometre loss of the fibre, in dB/km, at least 0
 * @param detectorEfficiency chance that a photon which arrives is detected, optics of the receiver
 *     included, above 0, at most 1
 * @param darkCountProbability p_dc, that a detector clicks by itself, for each detector and pulse,
 *     0 to 1/2
 * @param afterpulseProbability p_ap, that a click brings about another one, 0 to 1
 * @param misalignment e_mis, that a photon reaches the wrong detector, 0 to 1/2
 * @see <a href="https://doi.org/10.1103/PhysRevA.89.022307">Lim et al., Phys. Rev. A 89, 022307
 *     (2014), section IV; η there must include the receiver also where errors are counted, or the
 *     rates of the paper do not follow</a>
 */
public record FibreLink(
    double decibelsPerKilometre,
    double detectorEfficiency,
    double darkCountProbability,
    double afterpulseProbability,
    double misalignment) {

  /**
   * The link of Lim et al. (2014), section IV: 0.2 dB/km, efficiency 10 %, 6·10⁻⁷ dark counts, 4 %
   * afterpulses, 0.5 % misalignment. The default.
   */
  public static final FibreLink LIM2014 = new FibreLink(0.2, 0.1, 6e-7, 0.04, 0.005);

  /**
   * The link of Gobby, Yuan and Shields, Appl. Phys. Lett. 84, 3762 (2004), as Ma et al. (2005) use
   * it: 0.21 dB/km, efficiency 4.5 %, a background of 1.7·10⁻⁶ from both detectors, 3.3 %
   * misalignment.
   */
  public static final FibreLink GYS = new FibreLink(0.21, 0.045, 0.85e-6, 0, 0.033);

  /** Checks the ranges. */
  public FibreLink {
    require("decibelsPerKilometre", decibelsPerKilometre, 0, Double.MAX_VALUE);
    require("detectorEfficiency", detectorEfficiency, Double.MIN_VALUE, 1);
    require("darkCountProbability", darkCountProbability, 0, 0.5);
    require("afterpulseProbability", afterpulseProbability, 0, 1);
    require("misalignment", misalignment, 0, 0.5);
  }

  /** Returns η, the chance that a photon sent over that many kilometres is detected. */
  public double transmittance(double kilometres) {
    return detectorEfficiency * Math.pow(10, -decibelsPerKilometre * kilometres / 10);
  }

  /** Returns how pulses with random phase fare. */
  public Gain weakPulse(double mean, double kilometres) {
    return gain(-Math.expm1(-transmittance(kilometres) * mean));
  }

  /** Returns how pulses with exactly one photon fare. */
  public Gain singlePhoton(double kilometres) {
    return gain(transmittance(kilometres));
  }

  /**
   * @param signal chance that a photon of the pulse is detected
   */
  private Gain gain(double signal) {
    double clicks = signal + 2 * darkCountProbability * (1 - signal);
    double gain = Math.min(1, clicks * (1 + afterpulseProbability));
    double errors =
        darkCountProbability + misalignment * signal + afterpulseProbability * clicks / 2;
    return new Gain(gain, Math.min(gain, errors));
  }

  private static void require(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(name + "=" + value);
    }
  }
}
