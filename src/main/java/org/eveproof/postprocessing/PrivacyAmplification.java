package org.eveproof.postprocessing;

import java.util.Arrays;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * Shortens a reconciled key to its secret length with a random Toeplitz matrix: y = T x over GF(2),
 * T[i][j] = r[i − j + n − 1].
 *
 * <p>For a uniform seed r of n + ℓ − 1 bits the family is universal: two keys collide with
 * probability at most 2<sup>−ℓ</sup>. The seed is public, must be authentic, and must be drawn
 * after everything that Eve can influence (theory section 4). The result is exact: carry-less
 * multiplication of polynomials, no rounding.
 */
public final class PrivacyAmplification {
  private static final int MOST_DRAWS = 64;

  /** Longest secret whose rows are looked at all together, which takes a few milliseconds. */
  private static final int WHOLE_ROWS = 1 << 14;

  /** Rows of the first part of a longer secret. */
  private static final int FIRST_ROWS = 1 << 12;

  /** Rows of each further part of it. */
  private static final int PART_ROWS = 1 << 8;

  private PrivacyAmplification() {}

  /** Returns the length of the seed that takes n bits to ℓ: n + ℓ − 1 bits. */
  public static int seedBits(int keyBits, int secretBits) {
    if (keyBits < 1 || secretBits < 1 || secretBits > keyBits) {
      throw new IllegalArgumentException("keyBits=" + keyBits + ", secretBits=" + secretBits);
    }
    return Math.addExact(keyBits, secretBits - 1);
  }

  /**
   * Draws a seed that {@link #isFit}; to be called once the key is verified.
   *
   * <p>A uniform seed is unfit with probability at most ⌈ℓ/2<sup>8</sup>⌉·2<sup>−(n − ℓ + 1)</sup>,
   * and is drawn anew. By that much, and no more, what is drawn differs from a uniform seed: what
   * leaked and the hash of verification are in n − ℓ, so it is far below any ε.
   *
   * @throws IllegalStateException if seed after seed is unfit, which a working source of randomness
   *     does to nobody (probability at most 2<sup>−64</sup>)
   */
  public static Bits drawSeed(int keyBits, int secretBits, SecretRandom random) {
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      Bits seed = random.publicBits(seedBits(keyBits, secretBits));
      if (isFit(seed, secretBits)) {
        return seed;
      }
    }
    throw new IllegalStateException(
        MOST_DRAWS + " seeds of privacy amplification were unfit: the source is not random");
  }

  /**
   * Whether the matrix of a seed has full rank, so that a uniform key gives a uniform result. Under
   * a seed that is unfit some sum of bits of the secret key is zero, for everybody to know.
   *
   * <p>The cost is quadratic in the rows. Therefore a secret of more than 2<sup>14</sup> bits is
   * looked at in parts, the first of 2<sup>12</sup> rows, the others of 2<sup>8</sup>: each part
   * has full rank by itself, and a dependence that needs more bits than that is not looked for. Of
   * uniform seeds so few have one that this is no loss. A seed that a recurrence of up to
   * 2<sup>12</sup> − 1 terms made is found by the first part, and a stretch of one, anywhere, that
   * obeys a recurrence of less than 2<sup>8</sup> terms by one of the others.
   *
   * @param seed n + ℓ − 1 bits
   * @param secretBits ℓ, 1 to n
   */
  public static boolean isFit(Bits seed, int secretBits) {
    int keyBits = seed.length() - secretBits + 1;
    if (secretBits < 1 || keyBits < secretBits) {
      throw new IllegalArgumentException(
          "seed of " + seed.length() + " bits for a secret of " + secretBits);
    }
    if (secretBits <= WHOLE_ROWS) {
      return ToeplitzRank.isFull(seed, 0, keyBits, secretBits);
    }
    if (!ToeplitzRank.isFull(seed, 0, keyBits, FIRST_ROWS)) {
      return false;
    }
    long[] words = seed.toWords();
    ToeplitzRankLanes lanes = new ToeplitzRankLanes(PART_ROWS);
    int from = 0;
    for (; from + Long.SIZE * PART_ROWS <= secretBits; from += Long.SIZE * PART_ROWS) {
      long open = ~lanes.full(words, from / Long.SIZE);
      for (; open != 0; open &= open - 1) {
        int part = from + Long.numberOfTrailingZeros(open) * PART_ROWS;
        if (!ToeplitzRank.isFull(seed, part, keyBits, PART_ROWS)) {
          return false;
        }
      }
    }
    for (; from < secretBits; from += PART_ROWS) {
      if (!ToeplitzRank.isFull(seed, from, keyBits, Math.min(PART_ROWS, secretBits - from))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the secret key.
   *
   * @param key the verified key, n bits, at least 1; stays as it is
   * @param seed n + ℓ − 1 bits
   * @param secretBits ℓ, 1 to n
   * @throws IllegalArgumentException if the lengths do not fit
   */
  public static SecretBits amplify(SecretBits key, Bits seed, int secretBits) {
    int n = key.length();
    if (seed.length() != seedBits(n, secretBits)) {
      throw new IllegalArgumentException(
          "seed of " + seed.length() + " bits for " + n + " to " + secretBits);
    }
    // y[i] is the coefficient of z^(i + n - 1) in r(z)·x(z). Modulo z^N - 1, N at least n + l - 1,
    // only coefficients below that of z^(n - 1) gain what is beyond.
    long[] x = key.toWords();
    long[] y = new long[(secretBits + 63) >>> 6];
    new CyclicProduct(seed.length()).multiply(x, seed.toWords(), n - 1, y);
    SecretBits secret = SecretBits.ofWords(y, secretBits);
    Arrays.fill(x, 0);
    Arrays.fill(y, 0);
    return secret;
  }
}
