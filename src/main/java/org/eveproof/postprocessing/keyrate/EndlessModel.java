package org.eveproof.postprocessing.keyrate;

import java.util.Map;
import java.util.Optional;
import org.eveproof.postprocessing.finitekey.Gllp;
import org.eveproof.postprocessing.finitekey.Gllp.Gain;

/**
 * Endless data: the decoys know single photons exactly, and all but a vanishing share of the pulses
 * is in the key's basis and of the signal's intensity. What authentication costs vanishes too.
 */
record EndlessModel(RateQuestion question) implements RateModel {
  private static final double BRIGHTEST_SIGNAL = 1.5;

  /** The signal's intensity. */
  @Override
  public double[][] grid() {
    return new double[][] {{0.05, 0.1, 0.3, 0.6}};
  }

  @Override
  public double worth(double[] choice) {
    return rate(question, BRIGHTEST_SIGNAL * choice[0], 1);
  }

  @Override
  public RatePoint point(double[] choice) {
    double signal = BRIGHTEST_SIGNAL * choice[0];
    double rate = Math.max(0, worth(choice));
    return new RatePoint(
        Protocol.GLLP, question.kilometres(), rate, rate, Map.of("mu1", signal), Optional.empty());
  }

  /** Returns the rate for a given signal; negative if there is no key. */
  static double rate(RateQuestion question, double signal, double siftedShare) {
    Gain photon = question.link().singlePhoton(question.kilometres());
    return new Gllp(signal, question.efficiency(), siftedShare)
        .rate(
            question.link().weakPulse(signal, question.kilometres()),
            new Gllp.SinglePhotons(photon.gain(), Math.min(0.5, photon.errorRate())));
  }

  /** Returns the rate when single photons are bounded by a weak decoy and the vacuum. */
  static double rateWithDecoys(
      RateQuestion question, double signal, double weak, double siftedShare) {
    Gllp gllp = new Gllp(signal, question.efficiency(), siftedShare);
    Gain gain = question.link().weakPulse(signal, question.kilometres());
    return gllp.rate(
        gain,
        gllp.vacuumAndWeak(
            gain,
            weak,
            question.link().weakPulse(weak, question.kilometres()),
            question.link().weakPulse(0, question.kilometres()).gain()));
  }
}
