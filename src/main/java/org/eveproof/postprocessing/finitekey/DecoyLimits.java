package org.eveproof.postprocessing.finitekey;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A fixed length of a key from pulses with decoys. A length that follows the counts needs a proof
 * that allows it, which those of {@link Lim2014} and {@link Rusca2018} are not.
 *
 * @param rule the formula
 * @param leastVacuum least s_0, at least 0
 * @param leastSingles least s_1, above 0
 * @param greatestPhaseError greatest φ, 0 to 1/2
 * @param greatestLeak most bits that may be disclosed, verification hash included, at least 0
 * @see <a href="https://arxiv.org/abs/2405.16578">Wiesemann et al., A consolidated and accessible
 *     security proof for finite-size decoy-state quantum key distribution (2024), on fixed length
 *     and acceptance</a>
 */
public record DecoyLimits(
    DecoyRule rule,
    double leastVacuum,
    double leastSingles,
    double greatestPhaseError,
    long greatestLeak)
    implements FixedLength {

  /** Checks the ranges. */
  public DecoyLimits {
    if (!(leastVacuum >= 0 && leastSingles > 0)) {
      throw new IllegalArgumentException(
          "leastVacuum=" + leastVacuum + ", leastSingles=" + leastSingles);
    }
    if (!(greatestPhaseError >= 0 && greatestPhaseError <= 0.5)) {
      throw new IllegalArgumentException("greatestPhaseError=" + greatestPhaseError);
    }
    if (greatestLeak < 0) {
      throw new IllegalArgumentException("greatestLeak=" + greatestLeak);
    }
  }

  /** Returns the limits that the given counts, expected or demanded, just meet. */
  public static DecoyLimits at(DecoyRule rule, DecoyCounts counts, long leakedBits) {
    DecoyBounds bounds = rule.bounds(counts);
    return new DecoyLimits(
        rule, bounds.vacuum(), bounds.singles(), bounds.phaseError(), leakedBits);
  }

  /**
   * Returns the limits that all counts meet which lie no further from the expected ones than chance
   * takes them, so that an honest run is hardly ever aborted.
   *
   * @param deviations how far each count may lie off, in its standard deviations, at least 0; that
   *     of a count of independent events is at most its square root
   */
  public static DecoyLimits around(
      DecoyRule rule, DecoyCounts expected, double deviations, long leakedBits) {
    double vacuum = Double.POSITIVE_INFINITY;
    double singles = Double.POSITIVE_INFINITY;
    double phaseError = 0;
    // The bounds rise or fall with each count, so that the worst of them is at a corner.
    int corners = 1 << expected.key().size();
    for (int key = 0; key < corners; key++) {
      for (int test = 0; test < corners; test++) {
        for (int errors = 0; errors < corners; errors++) {
          DecoyBounds bounds =
              rule.bounds(
                  new DecoyCounts(
                      moved(expected.key(), key, 0, deviations),
                      moved(expected.test(), test, errors, deviations)));
          vacuum = Math.min(vacuum, bounds.vacuum());
          singles = Math.min(singles, bounds.singles());
          phaseError = Math.max(phaseError, bounds.phaseError());
        }
      }
    }
    return new DecoyLimits(
        rule, vacuum, Math.max(singles, Double.MIN_VALUE), phaseError, leakedBits);
  }

  /** Returns tallies whose i-th counts are greater where bit i is set, and smaller where not. */
  private static List<Tally> moved(List<Tally> tallies, int more, int wrong, double deviations) {
    return IntStream.range(0, tallies.size())
        .mapToObj(
            i -> {
              double detections =
                  moved(tallies.get(i).detections(), (more >>> i & 1) == 1, deviations);
              double errors = moved(tallies.get(i).errors(), (wrong >>> i & 1) == 1, deviations);
              return new Tally(detections, Math.min(detections, errors));
            })
        .toList();
  }

  private static double moved(double count, boolean up, double deviations) {
    return Math.max(0, count + (up ? 1 : -1) * deviations * Math.sqrt(Math.max(1, count)));
  }

  @Override
  public long secretBits() {
    return rule.secretBits(
        new DecoyBounds(leastVacuum, leastSingles, 0, 1, 0, greatestPhaseError),
        (double) greatestLeak);
  }

  /**
   * Accepts or aborts.
   *
   * @param counts what was counted
   * @param leakedBits what was really disclosed, verification hash included
   */
  public Verdict judge(DecoyCounts counts, long leakedBits) {
    DecoyBounds bounds = rule.bounds(counts);
    if (secretBits() == 0) {
      return new Refused("these limits leave no key; more pulses, or less loss and noise, would");
    }
    if (bounds.vacuum() < leastVacuum) {
      return refused("vacuum %.0f is below %.0f", bounds.vacuum(), leastVacuum);
    }
    if (!(bounds.showSinglePhotons() && bounds.singles() >= leastSingles)) {
      return refused("single photons %.0f are below %.0f", bounds.singles(), leastSingles);
    }
    if (bounds.phaseError() > greatestPhaseError) {
      return refused("phase error %.5f is above %.5f", bounds.phaseError(), greatestPhaseError);
    }
    if (leakedBits > greatestLeak) {
      return new Refused("leak of " + leakedBits + " bits is above " + greatestLeak);
    }
    return new Accepted(secretBits());
  }

  private static Refused refused(String format, double seen, double limit) {
    return new Refused(String.format(Locale.ROOT, format, seen, limit));
  }
}
