package org.eveproof.postprocessing.finitekey;

import java.util.List;

/**
 * Into how many equal parts ε_sec is split, and what follows from it for deviations.
 *
 * @param secrecyEpsilon ε_sec, in (0, 1)
 * @param terms number of parts; each concentration bound used may fail with ε_sec/terms
 * @param samplingTerms the number in the same place of γ
 */
record Confidence(double secrecyEpsilon, int terms, int samplingTerms) {

  /** Returns δ = √(n/2 · ln(terms/ε_sec)), by Hoeffding: how far a count lies off its mean. */
  double deviation(double total) {
    return Math.sqrt(total / 2 * Math.log(terms / secrecyEpsilon));
  }

  /** Returns n⁻_k = (e^k/p_k)(n_k − δ) of intensity i, at least 0. */
  double lower(DecoySource source, int i, double count, double total) {
    return source.weight(i) * Math.max(0, count - deviation(total));
  }

  /** Returns n⁺_k = (e^k/p_k)(n_k + δ) of intensity i. */
  double upper(DecoySource source, int i, double count, double total) {
    return source.weight(i) * (count + deviation(total));
  }

  /** Returns n⁻_k of the detections at intensity i. */
  double fewestDetections(DecoySource source, int i, List<Tally> basis) {
    return lower(source, i, basis.get(i - 1).detections(), DecoyCounts.detections(basis));
  }

  /** Returns n⁺_k of the detections at intensity i. */
  double mostDetections(DecoySource source, int i, List<Tally> basis) {
    return upper(source, i, basis.get(i - 1).detections(), DecoyCounts.detections(basis));
  }

  /** Returns m⁻_k of the errors at intensity i. */
  double fewestErrors(DecoySource source, int i, List<Tally> basis) {
    return lower(source, i, basis.get(i - 1).errors(), DecoyCounts.errors(basis));
  }

  /** Returns m⁺_k of the errors at intensity i. */
  double mostErrors(DecoySource source, int i, List<Tally> basis) {
    return upper(source, i, basis.get(i - 1).errors(), DecoyCounts.errors(basis));
  }

  /**
   * Returns γ: how far the error rate of c bits that were not tested may lie above that of d bits
   * that were.
   *
   * @param rate b, error rate of the tested bits, in (0, 1)
   * @param untested c
   * @param tested d
   */
  double samplingDeviation(double rate, double untested, double tested) {
    double b = (1 - rate) * rate;
    double perBit = (untested + tested) / (untested * tested);
    double share = samplingTerms / secrecyEpsilon;
    return Math.sqrt(perBit * b / Math.log(2) * log2(perBit / b * share * share));
  }

  /**
   * Returns φ: the observed rate and {@link #samplingDeviation}, at most 1/2.
   *
   * <p>γ vanishes with the errors, which no finite test can justify. Therefore φ is never taken to
   * be less than what a test without any error leaves open: a rate x passes it with probability (1
   * − x)^d, which is below ε_sec/terms once x is above ln(terms/ε_sec)/d.
   */
  double phaseError(double testErrors, double untested, double tested) {
    if (!(untested > 0 && tested > 0)) {
      return 0.5;
    }
    double rate = testErrors / tested;
    if (rate >= 0.5) {
      return 0.5;
    }
    double unseen = Math.log(terms / secrecyEpsilon) / tested;
    double sampled = rate > 0 ? rate + samplingDeviation(rate, untested, tested) : 0;
    return Math.min(0.5, Math.max(sampled, unseen));
  }

  /** Returns 6·log2(terms/ε_sec) + log2(2/ε_cor), in bits. */
  double constantBits(double correctnessEpsilon) {
    return 6 * log2(terms / secrecyEpsilon) + log2(2 / correctnessEpsilon);
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
