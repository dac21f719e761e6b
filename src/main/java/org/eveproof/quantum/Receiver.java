package org.eveproof.quantum;

/**
 * Bob's side: a modulator that chooses the basis, and one detector for each bit value, gated once
 * for each pulse. A click switches both detectors off for the dead time, so that it does not tell
 * which of them clicked. A click may fill a trap in its detector, which brings about another click
 * in a later gate: an afterpulse. If both detectors click at once the bit is a fair coin.
 *
 * <p>Detectors that need a dead time: Korzh et al., Appl. Phys. Lett. 104, 081108 (2014),
 * efficiency 10 % with one dark count in a second, 20 µs and 2.2 % afterpulses, which at 625 MHz
 * are 12,500 gates and 1.6·10⁻⁹ dark counts in each; how fast afterpulses fade, 1.1 to 2.4 µs, is
 * measured by Shaw et al., arXiv 2106.05599.
 *
 * @param efficiency chance that a photon which reaches Bob makes its detector click, his optics
 *     included, 0 to 1
 * @param darkCountProbability that a detector clicks by itself, for each detector and gate, 0 to
 *     1/2
 * @param misalignment that a photon reaches the wrong detector in its own basis, 0 to 1/2
 * @param deadTime number of gates after a click in which neither detector is on, 0 to 10⁹
 * @param afterpulseProbability that a click brings about another one of the same detector after the
 *     dead time, 0 to 1
 * @param afterpulseDecay share of the filled traps that empty in a gate, above 0, at most 1: 1
 *     means in the first gate after the dead time
 * @param keyBasisProbability that Bob chooses X, 0 to 1
 */
public record Receiver(
    double efficiency,
    double darkCountProbability,
    double misalignment,
    int deadTime,
    double afterpulseProbability,
    double afterpulseDecay,
    double keyBasisProbability) {

  /**
   * Most afterpulses of a link, and of an experiment that is held against theory. Real detectors
   * have a tenth of it; with more, clicks come in bunches so long that bounds on counts would need
   * another law.
   */
  public static final double MOST_AFTERPULSES = 0.5;

  /**
   * The receiver of Lim et al., Phys. Rev. A 89, 022307 (2014), section IV: efficiency 10 %, 6·10⁻⁷
   * dark counts, 0.5 % misalignment, 4 % afterpulses, no dead time; fair bases. The default.
   */
  public static final Receiver LIM2014 = new Receiver(0.1, 6e-7, 0.005, 0, 0.04, 1, 0.5);

  /**
   * The detectors of Gobby, Yuan and Shields, Appl. Phys. Lett. 84, 3762 (2004), as Ma et al.
   * (2005) use them: efficiency 4.5 %, a background of 1.7·10⁻⁶ from both, 3.3 % misalignment.
   */
  public static final Receiver GYS = new Receiver(0.045, 0.85e-6, 0.033, 0, 0, 1, 0.5);

  /** Checks the ranges. */
  public Receiver {
    Range.require("efficiency", efficiency, 0, 1);
    Range.require("darkCountProbability", darkCountProbability, 0, 0.5);
    Range.require("misalignment", misalignment, 0, 0.5);
    Range.require("deadTime", deadTime, 0, 1_000_000_000);
    Range.require("afterpulseProbability", afterpulseProbability, 0, 1);
    Range.require("afterpulseDecay", afterpulseDecay, 1e-12, 1);
    Range.require("keyBasisProbability", keyBasisProbability, 0, 1);
  }

  /** Returns detectors without any noise, and fair bases. */
  public static Receiver ideal() {
    return new Receiver(1, 0, 0, 0, 0, 1, 0.5);
  }

  /** Returns the same with another bias of the bases. */
  public Receiver withKeyBasis(double probability) {
    return new Receiver(
        efficiency,
        darkCountProbability,
        misalignment,
        deadTime,
        afterpulseProbability,
        afterpulseDecay,
        probability);
  }

  /** Returns the same with another misalignment. */
  public Receiver withMisalignment(double probability) {
    return new Receiver(
        efficiency,
        darkCountProbability,
        probability,
        deadTime,
        afterpulseProbability,
        afterpulseDecay,
        keyBasisProbability);
  }
}
