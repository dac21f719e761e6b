package org.eveproof.session;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.finitekey.DecoyCounts;
import org.eveproof.postprocessing.finitekey.DecoyLimits;
import org.eveproof.postprocessing.finitekey.DecoySource;
import org.eveproof.postprocessing.finitekey.Gllp.Gain;
import org.eveproof.postprocessing.finitekey.Intensity;
import org.eveproof.postprocessing.finitekey.Lim2014;
import org.eveproof.postprocessing.finitekey.SampleLimits;
import org.eveproof.postprocessing.finitekey.Tally;
import org.eveproof.postprocessing.keyrate.FibreLink;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PhotonNumber.Poisson;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.PulseSource.Level;

/**
 * The length of a key, fixed before the first pulse, and what a round must show for it. Both follow
 * from what the link is said to be: a fibre that loses more, or anybody on it who makes it seem so,
 * gives no key, and not a shorter one.
 */
public final class Acceptance {
  /**
   * How far chance may take each count from what is expected, in standard deviations, before the
   * round is given up: for an honest link that is less than one round in a hundred, for at most
   * twelve counts and the leak together.
   */
  private static final double DEVIATIONS = 3.5;

  private Acceptance() {}

  /**
   * Returns the fixed length of a key from weak pulses with two decoys, and its limits.
   *
   * @param optics what the link is said to be, with three intensities of laser light
   * @param efficiency what reconciliation may disclose over n·h(e) at each e, at least 1
   * @param verificationBits length of the verification hash, at least 0
   */
  static DecoyLimits ofDecoys(
      LinkParameters optics,
      double secrecyEpsilon,
      double correctnessEpsilon,
      DoubleUnaryOperator efficiency,
      int verificationBits) {
    DecoyCounts expected = expected(optics);
    double errorRate = expected.keyErrorRate();
    return DecoyLimits.around(
        new Lim2014(source(optics.source()), secrecyEpsilon, correctnessEpsilon),
        expected,
        DEVIATIONS,
        leak(
                efficiency,
                errorRate,
                expected.keyBits() + DEVIATIONS * Math.sqrt(expected.keyBits()),
                expected.keyBits())
            + verificationBits);
  }

  /**
   * Returns the fixed length of a key from single photons, and its limits.
   *
   * @param optics what the link is said to be, with a source of single photons
   * @param sampleFraction share of the sifted bits that is compared, in (0, 1)
   * @param rule the formula, with the limit of the sample's error rate
   * @param efficiency what reconciliation may disclose over n·h(e) at each e, at least 1
   * @param verificationBits length of the verification hash, at least 0
   */
  static SampleLimits ofSample(
      LinkParameters optics,
      double sampleFraction,
      FiniteKeyRule rule,
      DoubleUnaryOperator efficiency,
      int verificationBits) {
    Gain gain = fibre(optics).singlePhoton(1);
    double sifted = optics.pulses() * gain.gain() / 2;
    int least = (int) Math.max(0, sifted - DEVIATIONS * Math.sqrt(sifted));
    int sampled = (int) Math.ceil(sampleFraction * least);
    double kept = sifted * (1 - sampleFraction);
    return new SampleLimits(
        rule,
        least - sampled,
        sampled,
        leak(efficiency, sampleErrorRate(optics), kept + DEVIATIONS * Math.sqrt(kept), sampled)
            + verificationBits);
  }

  /**
   * Returns what reconciliation may disclose of a key.
   *
   * @param efficiency over n·h(e)
   * @param errorRate that is expected
   * @param keyBits greatest length of the key
   * @param counted number of bits from which the error rate is known, or that have it
   */
  static long leak(
      DoubleUnaryOperator efficiency, double errorRate, double keyBits, double counted) {
    double bits = Math.max(1, counted);
    double errors = errorRate * bits;
    double worst = Math.min(0.5, (errors + DEVIATIONS * Math.sqrt(Math.max(1, errors))) / bits);
    return (long)
        (efficiency.applyAsDouble(errorRate) * keyBits * FiniteKeyRule.binaryEntropy(worst));
  }

  /** Returns the mean of each count of an honest round. */
  static DecoyCounts expected(LinkParameters optics) {
    double key = optics.source().keyBasisProbability();
    return new DecoyCounts(tallies(optics, key * key), tallies(optics, (1 - key) * (1 - key)));
  }

  /** Returns the mean error rate of an honest sample. */
  static double sampleErrorRate(LinkParameters optics) {
    if (optics.source().levels().size() > 1) {
      List<Tally> test = expected(optics).test();
      return test.stream().mapToDouble(Tally::errors).sum()
          / Math.max(Double.MIN_VALUE, test.stream().mapToDouble(Tally::detections).sum());
    }
    Gain gain = fibre(optics).singlePhoton(1);
    return gain.gain() == 0 ? 0 : Math.min(0.5, gain.errorGain() / gain.gain());
  }

  private static List<Tally> tallies(LinkParameters optics, double share) {
    FibreLink fibre = fibre(optics);
    return source(optics.source()).intensities().stream()
        .map(
            intensity -> {
              Gain gain = fibre.weakPulse(intensity.mean(), 1);
              double sent = optics.pulses() * share * intensity.probability();
              return new Tally(sent * gain.gain(), sent * gain.errorGain());
            })
        .toList();
  }

  private static FibreLink fibre(LinkParameters optics) {
    return new FibreLink(
        optics.lossDecibels(),
        optics.detectorEfficiency(),
        optics.darkCountProbability(),
        0,
        optics.misalignment());
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
