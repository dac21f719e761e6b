package org.eveproof.postprocessing.finitekey;

import java.util.List;

/**
 * BB84 with one decoy and no vacuum. ε_sec = 2(α_1 + 2α_2 + α_3) + ν + 6ε_1 + 4ε_2 with equal
 * parts, which makes 19 of them.
 *
 * <p>Without a vacuum intensity the vacuum must be bounded from above as well: half of its
 * detections are errors, and all errors at one intensity are at hand. The intensity is always the
 * decoy. To take the better of both after the fact would use one bound more than the 4ε_2 pay for.
 *
 * <p>As printed, n± in eq. A18 lacks the factor e^k/p_k that eq. A10 and Lim et al. have; it is
 * meant. γ keeps the printed 21, which is on the safe side of 19.
 *
 * @param source two intensities, neither of them 0
 * @param secrecyEpsilon ε_sec, in (0, 1)
 * @param correctnessEpsilon ε_cor, in (0, 1)
 * @see <a href="https://doi.org/10.1063/1.5023340">Rusca, Boaron, Grünenfelder, Martin and Zbinden,
 *     Finite-key analysis for the 1-decoy state QKD protocol, Appl. Phys. Lett. 112, 171104 (2018),
 *     eqs. A16 to A25</a>
 */
public record Rusca2018(DecoySource source, double secrecyEpsilon, double correctnessEpsilon)
    implements DecoyRule {
  /** Number of parts of ε_sec. */
  static final int TERMS = 19;

  /** Checks the ranges. */
  public Rusca2018 {
    DecoyRule.require(source, 2, secrecyEpsilon, correctnessEpsilon);
    if (!(source.mean(2) > 0)) {
      throw new IllegalArgumentException("the decoy must not be dark: " + source.intensities());
    }
  }

  private Confidence confidence() {
    return new Confidence(secrecyEpsilon, TERMS, Lim2014.TERMS);
  }

  @Override
  public double constantBits() {
    return confidence().constantBits(correctnessEpsilon);
  }

  @Override
  public DecoyBounds bounds(DecoyCounts counts) {
    return bounds(source, counts, confidence());
  }

  static DecoyBounds bounds(DecoySource source, DecoyCounts counts, Confidence confidence) {
    if (counts.key().size() != 2) {
      throw new IllegalArgumentException(counts.key().size() + " intensities instead of 2");
    }
    double singles = singles(source, counts.key(), confidence);
    double testSingles = singles(source, counts.test(), confidence);
    double testErrors =
        Math.max(
            0,
            source.singlePhotonProbability()
                * (confidence.mostErrors(source, 1, counts.test())
                    - confidence.fewestErrors(source, 2, counts.test()))
                / (source.mean(1) - source.mean(2)));
    return new DecoyBounds(
        vacuum(source, counts.key(), confidence),
        singles,
        vacuum(source, counts.test(), confidence),
        testSingles,
        testErrors,
        confidence.phaseError(testErrors, singles, testSingles));
  }

  /** Eq. A19: from below. */
  private static double vacuum(DecoySource source, List<Tally> basis, Confidence confidence) {
    double difference =
        source.mean(1) * confidence.fewestDetections(source, 2, basis)
            - source.mean(2) * confidence.mostDetections(source, 1, basis);
    return Math.max(0, source.vacuumProbability() * difference / (source.mean(1) - source.mean(2)));
  }

  /** Eq. A16: from above. */
  static double mostVacuum(DecoySource source, List<Tally> basis, Confidence confidence) {
    return 2
        * (source.vacuumProbability() * confidence.mostErrors(source, 2, basis)
            + confidence.deviation(DecoyCounts.detections(basis)));
  }

  /** Eq. A17; the vacuum enters with a minus, so its upper bound is the right one. */
  private static double singles(DecoySource source, List<Tally> basis, Confidence confidence) {
    double one = source.mean(1);
    double two = source.mean(2);
    double ratio = two * two / (one * one);
    double difference =
        confidence.fewestDetections(source, 2, basis)
            - ratio * confidence.mostDetections(source, 1, basis)
            - (1 - ratio) * mostVacuum(source, basis, confidence) / source.vacuumProbability();
    return Math.max(0, source.singlePhotonProbability() * one * difference / (two * (one - two)));
  }
}
