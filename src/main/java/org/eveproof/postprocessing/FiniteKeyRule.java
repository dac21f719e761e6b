package org.eveproof.postprocessing;

/**
 * The finite-key length of BB84 with single photons, for a sample limit that was fixed beforehand:
 *
 * <pre>
 *   ℓ = ⌊ n (q − h(Q + μ)) − leak − log2( 2 / (ε_sec² ε_cor) ) ⌋
 *   μ = √( (n + k)/(n k) · (k + 1)/k · ln(4/ε_sec) )
 * </pre>
 *
 * <p>n bits remain for the key, k were sampled, and the run was aborted unless the sampled error
 * rate was at most Q. Then the key is ε_sec-secret and ε_cor-correct. h is the binary entropy;
 * where Q + μ ≥ 1/2 there is no key. The leak is what was really disclosed, or the limit above
 * which a key is given up. The verification hash is part of the leak although log2(1/ε_cor) already
 * pays for it: the rule errs on the safe side by that many bits.
 *
 * <p>The theorem wants the sample from one basis and the key from the other. Sampling at random
 * from sifted bits of both bases, each basis chosen by a fair coin, is as good: had each remaining
 * bit been measured in its other basis, sample and remainder would still be one exchangeable
 * population, which is all that the bound of Serfling needs.
 *
 * @param errorLimit Q, the greatest accepted error rate of the sample, 0 to 0.5
 * @param secrecyEpsilon ε_sec, in (0, 1)
 * @param correctnessEpsilon ε_cor, in (0, 1)
 * @param preparationQuality q, bits of uncertainty of one ideal raw bit, 1 for ideal BB84, 0 to 1
 * @param numerator the 4 in ln(4/ε_sec); 2 reproduces an early version of the paper
 * @see <a href="https://doi.org/10.1038/ncomms1631">Tomamichel, Lim, Gisin and Renner, Nat. Commun.
 *     3, 634 (2012), eq. 2; the square of ε_sec and the extent of the root after its proof</a>
 */
public record FiniteKeyRule(
    double errorLimit,
    double secrecyEpsilon,
    double correctnessEpsilon,
    double preparationQuality,
    int numerator)
    implements SecretLengthRule {

  /** Checks the ranges. */
  public FiniteKeyRule {
    requireOpenUnit("secrecyEpsilon", secrecyEpsilon);
    requireOpenUnit("correctnessEpsilon", correctnessEpsilon);
    if (!(errorLimit >= 0 && errorLimit <= 0.5)) {
      throw new IllegalArgumentException("errorLimit=" + errorLimit);
    }
    if (!(preparationQuality >= 0 && preparationQuality <= 1)) {
      throw new IllegalArgumentException("preparationQuality=" + preparationQuality);
    }
    if (numerator != 2 && numerator != 4) {
      throw new IllegalArgumentException("numerator=" + numerator);
    }
  }

  /**
   * Returns the rule for ideal preparation (q = 1), with the numerator that the proof gives (4).
   */
  public static FiniteKeyRule of(
      double errorLimit, double secrecyEpsilon, double correctnessEpsilon) {
    return new FiniteKeyRule(errorLimit, secrecyEpsilon, correctnessEpsilon, 1, 4);
  }

  @Override
  public int secretBits(int keptBits, int sampledBits, long leakedBits) {
    return (int) Math.max(0, Math.floor(length(keptBits, sampledBits, (double) leakedBits)));
  }

  /**
   * Returns the right side of the formula before rounding, in bits; negative if there is no key.
   *
   * @param keptBits n
   * @param sampledBits k
   * @param leakedBits bits disclosed; a real number, so that an expected leak can be put in
   */
  public double length(int keptBits, int sampledBits, double leakedBits) {
    if (keptBits < 1 || sampledBits < 1) {
      return Double.NEGATIVE_INFINITY;
    }
    double worst = errorLimit + deviation(keptBits, sampledBits, secrecyEpsilon, numerator);
    if (worst >= 0.5) {
      return Double.NEGATIVE_INFINITY;
    }
    return keptBits * (preparationQuality - binaryEntropy(worst)) - leakedBits - constantBits();
  }

  /** Returns log2(2 / (ε_sec² ε_cor)), in bits. */
  public double constantBits() {
    return log2(2) - 2 * log2(secrecyEpsilon) - log2(correctnessEpsilon);
  }

  /**
   * Returns μ: how far the error rate of the kept bits may lie above that of the sample. By
   * Serfling's bound it lies further off with probability at most (ε/numerator)².
   *
   * @param keptBits n, at least 1
   * @param sampledBits k, at least 1
   * @param epsilon ε_sec, in (0, 1)
   * @param numerator 4 or 2
   */
  public static double deviation(int keptBits, int sampledBits, double epsilon, int numerator) {
    if (keptBits < 1 || sampledBits < 1) {
      throw new IllegalArgumentException("keptBits=" + keptBits + ", sampledBits=" + sampledBits);
    }
    double n = keptBits;
    double k = sampledBits;
    return Math.sqrt((n + k) / (n * k) * (k + 1) / k * Math.log(numerator / epsilon));
  }

  /** Returns h(x) = −x log2 x − (1 − x) log2(1 − x), in bits; h(0) = h(1) = 0. */
  public static double binaryEntropy(double x) {
    if (!(x >= 0 && x <= 1)) {
      throw new IllegalArgumentException("x=" + x);
    }
    return x == 0 || x == 1 ? 0 : -x * log2(x) - (1 - x) * log2(1 - x);
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  private static void requireOpenUnit(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + "=" + value);
    }
  }
}
