package org.eveproof.postprocessing;

import java.util.Arrays;
import org.eveproof.protocol.Bits;

/**
 * Decides whether the Toeplitz matrix of a seed takes the keys of n bits onto <em>all</em> results
 * of ℓ bits. If it does not, some sum of result bits is zero whatever the key is.
 *
 * <p>The matrix T[i][j] = r[i − j + n − 1] has dependent rows if and only if there are c[0..d] with
 * c[d] = 1 and d &lt; ℓ such that c[0]·r[s] + … + c[d]·r[s + d] = 0 for each s from 0 to n − 1:
 * that is, if the first n + d terms of the seed satisfy a linear recurrence of order d. Let L(N) be
 * the linear complexity of the first N terms; then the rows are dependent if and only if L(n + d) ≤
 * d for some d &lt; ℓ, or, with N = n + d:
 *
 * <blockquote>
 *
 * N − L(N) ≥ n for some N ≤ n + ℓ − 1.
 *
 * </blockquote>
 *
 * <p>To look at the whole seed alone is not enough: where the highest coefficients of c are zero
 * the recurrence says nothing of the last terms. The seed 0…01 has the greatest complexity there
 * is, n + ℓ − 1, and a matrix of rank 1; N = n shows it. On the other hand L never falls, so that
 * L(N) ≥ ℓ at any N settles that the rank is full. For a uniform seed that takes about 2ℓ terms,
 * and the rank is full with probability 1 − 2<sup>−(n − ℓ + 1)</sup>.
 *
 * <p>L is computed by the algorithm of Berlekamp and Massey (Massey, IEEE Trans. Inf. Theory 15
 * (1969) 122–127), in the form that carries products with the seed instead of the recurrences (as
 * in Sarwate and Shanbhag, IEEE Trans. VLSI 9 (2001) 641–655): the next discrepancy is then always
 * the lowest bit, and a step is one pass over packed words.
 */
final class ToeplitzRank {
  /** How many terms beyond 2ℓ are looked at before all are. */
  private static final int SLACK = 128;

  private final int rows;
  private final int columns;

  private ToeplitzRank(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Whether rows {@code from} to {@code from} + ℓ − 1 of a matrix, which are one too, have rank ℓ.
   *
   * @param seed at least {@code from} + n + ℓ − 1 bits
   * @param columns n
   * @param rows ℓ, 1 to n
   */
  static boolean isFull(Bits seed, int from, int columns, int rows) {
    ToeplitzRank rank = new ToeplitzRank(rows, columns);
    long few = 2L * rows + SLACK;
    int all = columns + rows - 1;
    if (few < all) {
      Answer soon = rank.of(seed.slice(from, from + (int) few));
      if (soon != Answer.OPEN) {
        return soon == Answer.FULL;
      }
    }
    return rank.of(seed.slice(from, from + all)) != Answer.DEFICIENT;
  }

  private enum Answer {
    FULL,
    DEFICIENT,
    /** Not decided by these terms. If they are all there are, the rank is full. */
    OPEN
  }

  private Answer of(Bits seed) {
    int terms = seed.length();
    long[] packed = seed.toWords();
    int words = packed.length;
    // One word more, so that each word has a next one.
    long[] current = Arrays.copyOf(packed, words + 1);
    long[] earlier = new long[words + 1];
    earlier[0] = 1;
    int complexity = 0;
    int seen = 0;
    while (seen < terms) {
      long sum = 0;
      if ((current[0] & 1) != 0) {
        if (2L * complexity <= seen) {
          complexity = seen + 1 - complexity;
          if (complexity >= rows) {
            return Answer.FULL;
          }
          long[] swapped = current;
          current = earlier;
          earlier = swapped;
        }
        sum = -1;
      }
      // The discrepancies up to the next one are zero: one pass takes them all.
      int zeros = Long.numberOfTrailingZeros(current[0] ^ (earlier[0] & sum));
      int steps = Math.min(Math.min(zeros, 63), terms - seen);
      int left = (terms - seen + 63) >>> 6;
      if (sum != 0) {
        addAndShift(current, earlier, steps, left);
      } else {
        shift(current, steps, left);
      }
      seen += steps;
      if (seen - complexity >= columns) {
        return Answer.DEFICIENT;
      }
    }
    return Answer.OPEN;
  }

  private static void addAndShift(long[] to, long[] added, int steps, int words) {
    for (int w = 0; w < words; w++) {
      to[w] = (to[w] ^ added[w]) >>> steps | (to[w + 1] ^ added[w + 1]) << -steps;
    }
  }

  private static void shift(long[] to, int steps, int words) {
    for (int w = 0; w < words; w++) {
      to[w] = to[w] >>> steps | to[w + 1] << -steps;
    }
  }
}
