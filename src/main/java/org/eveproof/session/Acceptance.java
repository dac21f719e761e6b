package org.eveproof.session;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.finitekey.DecoyCounts;
import org.eveproof.postprocessing.finitekey.DecoyLimits;
import org.eveproof.postprocessing.finitekey.DecoySource;
import org.eveproof.postprocessing.finitekey.Intensity;
import org.eveproof.postprocessing.finitekey.Lim2014;
import org.eveproof.postprocessing.finitekey.SampleLimits;
import org.eveproof.postprocessing.finitekey.Tally;
import org.eveproof.quantum.Basis;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PhotonNumber.Poisson;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.PulseSource.Level;
import org.eveproof.quantum.Receiver;
import org.eveproof.quantum.decoy.Detection;
import org.eveproof.quantum.decoy.ExpectedRates;
import org.eveproof.quantum.decoy.LineEve;
import org.eveproof.quantum.decoy.OpticalLink;

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

  /** Beyond this loss nothing arrives. */
  private static final double MOST_DECIBELS = 1000;

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
    double deviations = deviations(optics.receiver());
    return DecoyLimits.around(
        new Lim2014(source(optics.source()), secrecyEpsilon, correctnessEpsilon),
        expected,
        deviations,
        leak(
                efficiency,
                deviations,
                expected.keyErrorRate(),
                expected.keyBits() + deviations * Math.sqrt(expected.keyBits()),
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
    double deviations = deviations(optics.receiver());
    double sifted = optics.pulses() * rates(optics).rate(Detection::sifted);
    int least = (int) Math.max(0, sifted - deviations * Math.sqrt(sifted));
    int sampled = (int) Math.ceil(sampleFraction * least);
    double kept = sifted * (1 - sampleFraction);
    return new SampleLimits(
        rule,
        least - sampled,
        sampled,
        leak(
                efficiency,
                deviations,
                sampleErrorRate(optics),
                kept + deviations * Math.sqrt(kept),
                sampled)
            + verificationBits);
  }

  /**
   * Returns what reconciliation may disclose of a key whose bits, and those that are counted, are
   * independent.
   */
  static long leak(
      DoubleUnaryOperator efficiency, double errorRate, double keyBits, double counted) {
    return leak(efficiency, DEVIATIONS, errorRate, keyBits, counted);
  }

  /**
   * Returns what reconciliation may disclose of a key.
   *
   * @param efficiency over n·h(e)
   * @param deviations how far chance may take the number of errors
   * @param errorRate that is expected
   * @param keyBits greatest length of the key
   * @param counted number of bits from which the error rate is known, or that have it
   */
  private static long leak(
      DoubleUnaryOperator efficiency,
      double deviations,
      double errorRate,
      double keyBits,
      double counted) {
    double bits = Math.max(1, counted);
    double errors = errorRate * bits;
    double worst = Math.min(0.5, (errors + deviations * Math.sqrt(Math.max(1, errors))) / bits);
    return (long)
        (efficiency.applyAsDouble(errorRate) * keyBits * FiniteKeyRule.binaryEntropy(worst));
  }

  /**
   * Returns how far chance may take a count, in the standard deviations of one of independent
   * events. A click that brings about another with probability p, and that again, comes in bunches
   * of a geometric size, whose mean square is (1 + p)/(1 - p) times their mean. Dead time only
   * makes counts more regular.
   */
  private static double deviations(Receiver receiver) {
    double again = receiver.afterpulseProbability();
    return DEVIATIONS * Math.sqrt((1 + again) / (1 - again));
  }

  /** Returns the mean of each count of an honest round. */
  static DecoyCounts expected(LinkParameters optics) {
    ExpectedRates rates = rates(optics);
    return new DecoyCounts(tallies(optics, rates, Basis.X), tallies(optics, rates, Basis.Z));
  }

  private static List<Tally> tallies(LinkParameters optics, ExpectedRates rates, Basis basis) {
    return IntStream.range(0, optics.source().levels().size())
        .mapToObj(
            level ->
                new Tally(
                    optics.pulses() * rates.sifted(level, basis),
                    optics.pulses() * rates.errors(level, basis)))
        .toList();
  }

  /** Returns the mean error rate of an honest sample. */
  static double sampleErrorRate(LinkParameters optics) {
    ExpectedRates rates = rates(optics);
    boolean hasDecoys = optics.source().levels().size() > 1;
    Predicate<Detection> sampled = d -> d.sifted() && !(hasDecoys && d.aliceBasis() == Basis.X);
    double errors = rates.rate(d -> sampled.test(d) && d.error());
    return errors / Math.max(Double.MIN_VALUE, rates.rate(sampled));
  }

  private static ExpectedRates rates(LinkParameters optics) {
    return ExpectedRates.of(
        new OpticalLink(
            optics.source(), Math.min(MOST_DECIBELS, optics.lossDecibels()), optics.receiver()),
        new LineEve.Nobody());
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
