package org.eveproof.postprocessing.keyrate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.finitekey.Gllp.Gain;
import org.eveproof.postprocessing.finitekey.KeyAccount;

/**
 * An ideal single-photon source. The error limit lies above the expected rate, and the rate is
 * reduced by the chance that an honest run is aborted.
 *
 * @see <a href="https://doi.org/10.1038/ncomms1631">Tomamichel, Lim, Gisin and Renner, Nat. Commun.
 *     3, 634 (2012), tables I and II</a>
 */
record SinglePhotonModel(RateQuestion question) implements RateModel {
  /** Greatest distance of the limit from the expected error rate. */
  private static final double WIDEST_MARGIN = 0.2;

  /** Worth of a choice for which there is no bound at all. */
  private static final double HOPELESS = -2;

  /** Keeps the exponent of the abort probability finite for a link without errors. */
  private static final double LEAST_ERROR_RATE = 1e-12;

  /** Key's basis from 1/2 to 1; error limit above the expected rate. */
  @Override
  public double[][] grid() {
    return new double[][] {{0.1, 0.3, 0.6, 0.9}, {0.01, 0.03, 0.1, 0.3}};
  }

  /** What a choice comes to. */
  private record Outcome(
      double keyBasis,
      int sampled,
      double limit,
      double abort,
      double pulses,
      FiniteKeyRule rule) {}

  private Outcome outcome(double[] choice) {
    Gain photon = question.link().singlePhoton(question.kilometres());
    double keyBasis = (1 + choice[0]) / 2;
    double odds = (1 - keyBasis) / keyBasis;
    int sampled = (int) Math.max(1, Math.round(question.blockBits() * odds * odds));
    double rate = photon.errorRate();
    double limit = Math.min(0.5, rate + WIDEST_MARGIN * choice[1]);
    double secrecy =
        question
            .secrecy()
            .forKey(question.blockBits(), epsilon -> length(rule(limit, epsilon), sampled, rate));
    return new Outcome(
        keyBasis,
        sampled,
        limit,
        abort(rate, limit, sampled),
        question.blockBits() / (photon.gain() * keyBasis * keyBasis),
        rule(limit, secrecy));
  }

  private FiniteKeyRule rule(double limit, double secrecyEpsilon) {
    return FiniteKeyRule.of(limit, secrecyEpsilon, question.correctnessEpsilon());
  }

  private double length(FiniteKeyRule rule, int sampled, double errorRate) {
    return rule.length(
        question.blockBits(),
        sampled,
        question.reconciliation(errorRate) + question.verificationBits());
  }

  /** Returns by Hoeffding's refined bound how often an honest run shows more than the limit. */
  private static double abort(double errorRate, double limit, int sampled) {
    double rate = Math.min(0.49, Math.max(LEAST_ERROR_RATE, errorRate));
    double margin = Math.max(0, limit - rate);
    double steepness = Math.log((1 - rate) / rate) / (1 - 2 * rate);
    return Math.exp(-sampled * margin * margin * steepness);
  }

  @Override
  public double worth(double[] choice) {
    Outcome outcome = outcome(choice);
    double length =
        length(
            outcome.rule(),
            outcome.sampled(),
            question.link().singlePhoton(question.kilometres()).errorRate());
    return length > 0
        ? (1 - outcome.abort()) * length / outcome.pulses()
        : Math.max(HOPELESS, length / question.blockBits());
  }

  @Override
  public RatePoint point(double[] choice) {
    Outcome outcome = outcome(choice);
    double errorRate = question.link().singlePhoton(question.kilometres()).errorRate();
    long reconciliation = question.reconciliationBits(errorRate);
    long secretBits =
        outcome
            .rule()
            .secretBits(
                question.blockBits(),
                outcome.sampled(),
                reconciliation + question.verificationBits());
    KeyAccount account =
        new KeyAccount(
            secretBits, reconciliation, question.verificationBits(), question.authenticationBits());
    double expected = (1 - outcome.abort()) * secretBits;
    Map<String, Double> parameters = new LinkedHashMap<>();
    parameters.put("keyBasis", outcome.keyBasis());
    parameters.put("sampled", (double) outcome.sampled());
    parameters.put("errorRate", errorRate);
    parameters.put("errorLimit", outcome.limit());
    parameters.put("abort", outcome.abort());
    return new RatePoint(
        Protocol.TOMAMICHEL2012,
        question.kilometres(),
        expected / outcome.pulses(),
        (expected - account.authenticationBits()) / outcome.pulses(),
        parameters,
        Optional.of(
            new RatePoint.Block(
                outcome.pulses(),
                account,
                question.budget(
                    outcome.rule().secrecyEpsilon(),
                    question.blockBits() / (outcome.keyBasis() * outcome.keyBasis())))));
  }
}
