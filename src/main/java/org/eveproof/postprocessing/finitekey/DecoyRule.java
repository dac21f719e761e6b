package org.eveproof.postprocessing.finitekey;

import org.eveproof.postprocessing.FiniteKeyRule;

/**
 * The finite-key length of BB84 with weak pulses and decoys:
 *
 * <pre>
 *   ℓ = ⌊ s_0 + s_1 (1 − h(φ)) − leak − 6 log2(b/ε_sec) − log2(2/ε_cor) ⌋
 * </pre>
 *
 * <p>The protocols differ in how they bound s_0, s_1 and φ, and in b. The leak is what was really
 * disclosed, verification hash included. The length must be fixed before the counts are known: see
 * {@link FixedLength}.
 */
public sealed interface DecoyRule permits Lim2014, Rusca2018 {

  /** Returns the intensities that the rule is for. */
  DecoySource source();

  /** Returns ε_sec. */
  double secrecyEpsilon();

  /** Returns ε_cor. */
  double correctnessEpsilon();

  /**
   * Returns the bounds that counts imply.
   *
   * @throws IllegalArgumentException if there is not one tally for each intensity
   */
  DecoyBounds bounds(DecoyCounts counts);

  /** Returns 6 log2(b/ε_sec) + log2(2/ε_cor), in bits. */
  double constantBits();

  /**
   * Returns the right side of the formula before rounding, in bits; negative if there is no key.
   *
   * @param leakedBits bits disclosed; a real number, so that an expected leak can be put in
   */
  default double length(DecoyBounds bounds, double leakedBits) {
    if (!bounds.showSinglePhotons()) {
      return Double.NEGATIVE_INFINITY;
    }
    return bounds.vacuum()
        + bounds.singles() * (1 - FiniteKeyRule.binaryEntropy(bounds.phaseError()))
        - leakedBits
        - constantBits();
  }

  /** Returns ℓ, in bits; 0 if there is no key. */
  default long secretBits(DecoyBounds bounds, double leakedBits) {
    return (long) Math.max(0, Math.floor(length(bounds, leakedBits)));
  }

  /** Checks what all rules demand. */
  static void require(
      DecoySource source, int intensities, double secrecyEpsilon, double correctnessEpsilon) {
    if (source.intensities().size() != intensities) {
      throw new IllegalArgumentException(
          source.intensities().size() + " intensities instead of " + intensities);
    }
    if (!(secrecyEpsilon > 0 && secrecyEpsilon < 1)) {
      throw new IllegalArgumentException("secrecyEpsilon=" + secrecyEpsilon);
    }
    if (!(correctnessEpsilon > 0 && correctnessEpsilon < 1)) {
      throw new IllegalArgumentException("correctnessEpsilon=" + correctnessEpsilon);
    }
  }
}
