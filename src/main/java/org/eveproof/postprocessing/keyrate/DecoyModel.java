package org.eveproof.postprocessing.keyrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eveproof.postprocessing.finitekey.DecoyBounds;
import org.eveproof.postprocessing.finitekey.DecoyCounts;
import org.eveproof.postprocessing.finitekey.DecoyLimits;
import org.eveproof.postprocessing.finitekey.DecoyRule;
import org.eveproof.postprocessing.finitekey.DecoySource;
import org.eveproof.postprocessing.finitekey.Gllp.Gain;
import org.eveproof.postprocessing.finitekey.Intensity;
import org.eveproof.postprocessing.finitekey.KeyAccount;
import org.eveproof.postprocessing.finitekey.Lim2014;
import org.eveproof.postprocessing.finitekey.Rusca2018;
import org.eveproof.postprocessing.finitekey.Tally;

/**
 * Weak pulses with decoys. Both parties choose the key's basis with the same probability. The
 * length is the one whose limits of acceptance the expected counts just meet, as in the papers.
 */
record DecoyModel(RateQuestion question, Decoys decoys) implements RateModel {
  /** What the weakest pulses still hold: no modulator is perfectly dark. Lim et al., section IV. */
  private static final double NEARLY_DARK = 2e-4;

  private static final double DIMMEST_SIGNAL = 0.01;
  private static final double BRIGHTEST_SIGNAL = 1.5;

  /** Worth of a choice that shows no single photons at all. */
  private static final double HOPELESS = -2;

  enum Decoys {
    ONE,
    TWO
  }

  /** Key's basis; μ_1; μ_2 within its range; p_1; with two decoys, share of μ_2 in the rest. */
  @Override
  public double[][] grid() {
    double[] basis = {0.2, 0.4, 0.6, 0.8, 0.95};
    double[] signal = {0.3, 0.4};
    double[] decoy = {0.2, 0.4};
    double[] signalShare = {0.05, 0.2, 0.5, 0.8};
    return decoys == Decoys.ONE
        ? new double[][] {basis, signal, decoy, signalShare}
        : new double[][] {basis, signal, decoy, signalShare, {0.6, 0.8}};
  }

  private DecoySource source(double[] choice) {
    double signal = DIMMEST_SIGNAL + (BRIGHTEST_SIGNAL - DIMMEST_SIGNAL) * choice[1];
    double rest = 1 - choice[3];
    if (decoys == Decoys.ONE) {
      return new DecoySource(
          List.of(new Intensity(signal, choice[3]), new Intensity(signal * choice[2], rest)));
    }
    return new DecoySource(
        List.of(
            new Intensity(signal, choice[3]),
            new Intensity(NEARLY_DARK + choice[2] * (signal - 2 * NEARLY_DARK), rest * choice[4]),
            new Intensity(NEARLY_DARK, rest * (1 - choice[4]))));
  }

  private DecoyRule rule(DecoySource source, double secrecyEpsilon) {
    return decoys == Decoys.ONE
        ? new Rusca2018(source, secrecyEpsilon, question.correctnessEpsilon())
        : new Lim2014(source, secrecyEpsilon, question.correctnessEpsilon());
  }

  /** Returns how many detections each pulse gives, in any basis. */
  private double gain(DecoySource source) {
    return source.intensities().stream()
        .mapToDouble(
            k ->
                k.probability() * question.link().weakPulse(k.mean(), question.kilometres()).gain())
        .sum();
  }

  private DecoyCounts counts(DecoySource source, double keyBasis) {
    double pulses = question.blockBits() / gain(source);
    double odds = (1 - keyBasis) / keyBasis;
    return new DecoyCounts(tallies(source, pulses), tallies(source, pulses * odds * odds));
  }

  private List<Tally> tallies(DecoySource source, double pulses) {
    return source.intensities().stream()
        .map(
            k -> {
              Gain gain = question.link().weakPulse(k.mean(), question.kilometres());
              double sent = pulses * k.probability();
              return new Tally(sent * gain.gain(), sent * gain.errorGain());
            })
        .toList();
  }

  private double pulses(DecoySource source, double keyBasis) {
    return question.blockBits() / (gain(source) * keyBasis * keyBasis);
  }

  private double secrecy(DecoySource source, DecoyCounts counts, double leak) {
    return question
        .secrecy()
        .forKey(
            question.blockBits(),
            epsilon -> {
              DecoyRule rule = rule(source, epsilon);
              return rule.length(rule.bounds(counts), leak);
            });
  }

  @Override
  public double worth(double[] choice) {
    DecoySource source = source(choice);
    DecoyCounts counts = counts(source, choice[0]);
    double leak = question.reconciliation(counts.keyErrorRate()) + question.verificationBits();
    DecoyRule rule = rule(source, secrecy(source, counts, leak));
    double length = rule.length(rule.bounds(counts), leak);
    return length > 0
        ? length / pulses(source, choice[0])
        : Math.max(HOPELESS, length / question.blockBits());
  }

  @Override
  public RatePoint point(double[] choice) {
    DecoySource source = source(choice);
    DecoyCounts counts = counts(source, choice[0]);
    long reconciliation = question.reconciliationBits(counts.keyErrorRate());
    long leak = reconciliation + question.verificationBits();
    DecoyRule rule = rule(source, secrecy(source, counts, (double) leak));
    DecoyBounds bounds = rule.bounds(counts);
    long secretBits =
        bounds.showSinglePhotons() ? DecoyLimits.at(rule, counts, leak).secretBits() : 0;
    KeyAccount account =
        new KeyAccount(
            secretBits, reconciliation, question.verificationBits(), question.authenticationBits());
    double pulses = pulses(source, choice[0]);
    return new RatePoint(
        decoys == Decoys.ONE ? Protocol.RUSCA2018 : Protocol.LIM2014,
        question.kilometres(),
        secretBits / pulses,
        account.netBits() / pulses,
        parameters(source, choice[0], counts, bounds),
        Optional.of(
            new RatePoint.Block(
                pulses, account, question.budget(rule.secrecyEpsilon(), pulses * gain(source)))));
  }

  private Map<String, Double> parameters(
      DecoySource source, double keyBasis, DecoyCounts counts, DecoyBounds bounds) {
    Map<String, Double> parameters = new LinkedHashMap<>();
    parameters.put("keyBasis", keyBasis);
    for (int i = 0; i < source.intensities().size(); i++) {
      parameters.put("mu" + (i + 1), source.intensities().get(i).mean());
      parameters.put("p" + (i + 1), source.intensities().get(i).probability());
    }
    parameters.put("errorRate", counts.keyErrorRate());
    parameters.put("leastVacuum", bounds.vacuum());
    parameters.put("leastSingles", bounds.singles());
    parameters.put("greatestPhaseError", bounds.phaseError());
    return parameters;
  }
}
