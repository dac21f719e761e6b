package org.eveproof.postprocessing.finitekey;

/**
 * A length that was fixed before the run, and what the counts must show for it: outside, the run is
 * aborted. A length that follows the counts needs a proof that allows it, which those of {@link
 * Lim2014} and {@link Rusca2018} are not.
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
public record FixedLength(
    DecoyRule rule,
    double leastVacuum,
    double leastSingles,
    double greatestPhaseError,
    long greatestLeak) {

  /** What becomes of a run. */
  public sealed interface Verdict permits Accepted, Refused {}

  /**
   * The run is good for a key.
   *
   * @param secretBits the length that was fixed beforehand
   */
  public record Accepted(long secretBits) implements Verdict {}

  /**
   * The run is aborted.
   *
   * @param reason which limit was missed, and by what
   */
  public record Refused(String reason) implements Verdict {}

  /** Checks the ranges. */
  public FixedLength {
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
  public static FixedLength at(DecoyRule rule, DecoyCounts counts, long leakedBits) {
    DecoyBounds bounds = rule.bounds(counts);
    return new FixedLength(
        rule, bounds.vacuum(), bounds.singles(), bounds.phaseError(), leakedBits);
  }

  /** Returns ℓ, in bits, for every run that is accepted; 0 if these limits leave no key. */
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
      return new Refused("these limits leave no key");
    }
    if (bounds.vacuum() < leastVacuum) {
      return new Refused("vacuum " + bounds.vacuum() + " is below " + leastVacuum);
    }
    if (!(bounds.showSinglePhotons() && bounds.singles() >= leastSingles)) {
      return new Refused("single photons " + bounds.singles() + " are below " + leastSingles);
    }
    if (bounds.phaseError() > greatestPhaseError) {
      return new Refused("phase error " + bounds.phaseError() + " is above " + greatestPhaseError);
    }
    if (leakedBits > greatestLeak) {
      return new Refused("leak of " + leakedBits + " bits is above " + greatestLeak);
    }
    return new Accepted(secretBits());
  }
}
