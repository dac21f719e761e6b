package org.eveproof.session;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.finitekey.DecoyCounts;
import org.eveproof.postprocessing.finitekey.DecoySource;
import org.eveproof.postprocessing.finitekey.FixedLength;
import org.eveproof.postprocessing.finitekey.Gllp.Gain;
import org.eveproof.postprocessing.finitekey.Intensity;
import org.eveproof.postprocessing.finitekey.Lim2014;
import org.eveproof.postprocessing.finitekey.Tally;
import org.eveproof.postprocessing.keyrate.FibreLink;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PhotonNumber.Poisson;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.PulseSource.Level;

/**
 * The length of a key from weak pulses with two decoys, fixed before the first pulse, and what a
 * round must show for it. Both follow from what the link is said to be: a fibre that loses more, or
 * anybody on it who makes it seem so, gives no key, and not a shorter one.
 */
public final class DecoyAcceptance {
  /**
   * How far chance may take each count from what is expected, in standard deviations, before the
   * round is given up: for an honest link that is less than one round in a hundred, for its twelve
   * counts and the leak together.
   */
  private static final double DEVIATIONS = 3.5;

  private DecoyAcceptance() {}

  /**
   * Returns the fixed length and its limits.
   *
   * @param optics what the link is said to be, with three intensities of laser light
   * @param efficiency what reconciliation may disclose over n·h(e) at each e, at least 1
   * @param verificationBits length of the verification hash, at least 0
   */
  static FixedLength of(
      LinkParameters optics,
      double secrecyEpsilon,
      double correctnessEpsilon,
      DoubleUnaryOperator efficiency,
      int verificationBits) {
    DecoyCounts expected = expected(optics);
    double errorRate = expected.keyErrorRate();
    double most = expected.keyBits() + DEVIATIONS * Math.sqrt(expected.keyBits());
    double worst =
        Math.min(0.5, errorRate + DEVIATIONS * Math.sqrt(errorRate / expected.keyBits()));
    return FixedLength.around(
        new Lim2014(source(optics.source()), secrecyEpsilon, correctnessEpsilon),
        expected,
        DEVIATIONS,
        (long) (efficiency.applyAsDouble(errorRate) * most * FiniteKeyRule.binaryEntropy(worst))
            + verificationBits);
  }

  /** Returns the mean of each count of an honest round. */
  static DecoyCounts expected(LinkParameters optics) {
    double key = optics.source().keyBasisProbability();
    return new DecoyCounts(tallies(optics, key * key), tallies(optics, (1 - key) * (1 - key)));
  }

  private static List<Tally> tallies(LinkParameters optics, double share) {
    FibreLink fibre =
        new FibreLink(
            optics.lossDecibels(),
            optics.detectorEfficiency(),
            optics.darkCountProbability(),
            0,
            optics.misalignment());
    return source(optics.source()).intensities().stream()
        .map(
            intensity -> {
              Gain gain = fibre.weakPulse(intensity.mean(), 1);
              double sent = optics.pulses() * share * intensity.probability();
              return new Tally(sent * gain.gain(), sent * gain.errorGain());
            })
        .toList();
  }

  /**
   * Returns a source of laser light in the terms of the length formula.
   *
   * @throws IllegalArgumentException if there is a level that is none
   */
  public static DecoySource source(PulseSource source) {
    return new DecoySource(
        source.levels().stream()
            .map(level -> new Intensity(mean(level), level.probability()))
            .toList());
  }

  private static double mean(Level level) {
    if (level.light() instanceof Poisson laser) {
      return laser.mean();
    }
    throw new IllegalArgumentException(level + " is no laser light");
  }
}
