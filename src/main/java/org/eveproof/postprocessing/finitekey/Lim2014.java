package org.eveproof.postprocessing.finitekey;

import java.util.List;

/**
 * BB84 with two decoys. ε_sec = 2(2α_1 + α_2 + α_3) + ν + 10ε_1 + 2ε_2 with equal parts, which
 * makes 21 of them.
 *
 * @param source three intensities with μ_1 &gt; μ_2 + μ_3
 * @param secrecyEpsilon ε_sec, in (0, 1)
 * @param correctnessEpsilon ε_cor, in (0, 1)
 * @see <a href="https://doi.org/10.1103/PhysRevA.89.022307">Lim, Curty, Walenta, Xu and Zbinden,
 *     Concise security bounds for practical decoy-state quantum key distribution, Phys. Rev. A 89,
 *     022307 (2014), eqs. 1 to 5</a>
 */
public record Lim2014(DecoySource source, double secrecyEpsilon, double correctnessEpsilon)
    implements DecoyRule {
  /** Number of parts of ε_sec. */
  static final int TERMS = 21;

  /** Checks the ranges. */
  public Lim2014 {
    DecoyRule.require(source, 3, secrecyEpsilon, correctnessEpsilon);
    if (!(source.mean(1) > source.mean(2) + source.mean(3))) {
      throw new IllegalArgumentException(
          "the signal must be brighter than both decoys together: " + source.intensities());
    }
  }

  private Confidence confidence() {
    return new Confidence(secrecyEpsilon, TERMS, TERMS);
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
    if (counts.key().size() != 3) {
      throw new IllegalArgumentException(counts.key().size() + " intensities instead of 3");
    }
    double vacuum = vacuum(source, counts.key(), confidence);
    double singles = singles(source, counts.key(), vacuum, confidence);
    double testVacuum = vacuum(source, counts.test(), confidence);
    double testSingles = singles(source, counts.test(), testVacuum, confidence);
    double testErrors =
        Math.max(
            0,
            source.singlePhotonProbability()
                * (confidence.mostErrors(source, 2, counts.test())
                    - confidence.fewestErrors(source, 3, counts.test()))
                / (source.mean(2) - source.mean(3)));
    return new DecoyBounds(
        vacuum,
        singles,
        testVacuum,
        testSingles,
        testErrors,
        confidence.phaseError(testErrors, singles, testSingles));
  }

  /** Eq. 2. */
  private static double vacuum(DecoySource source, List<Tally> basis, Confidence confidence) {
    double difference =
        source.mean(2) * confidence.fewestDetections(source, 3, basis)
            - source.mean(3) * confidence.mostDetections(source, 2, basis);
    return Math.max(0, source.vacuumProbability() * difference / (source.mean(2) - source.mean(3)));
  }

  /** Eq. 3; the vacuum enters with a plus, so its lower bound is the right one. */
  private static double singles(
      DecoySource source, List<Tally> basis, double vacuum, Confidence confidence) {
    double one = source.mean(1);
    double squares = source.mean(2) * source.mean(2) - source.mean(3) * source.mean(3);
    double difference =
        confidence.fewestDetections(source, 2, basis)
            - confidence.mostDetections(source, 3, basis)
            - squares
                / (one * one)
                * (confidence.mostDetections(source, 1, basis)
                    - vacuum / source.vacuumProbability());
    return Math.max(
        0,
        source.singlePhotonProbability()
            * one
            * difference
            / (one * (source.mean(2) - source.mean(3)) - squares));
  }
}
