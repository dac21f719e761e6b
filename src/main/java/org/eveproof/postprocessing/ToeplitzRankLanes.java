package org.eveproof.postprocessing;

import java.util.Arrays;

/**
 * Does what {@link ToeplitzRank} does for 64 runs of rows of one matrix at once, in the 64 bits of
 * each word: word i holds term i of the seed as each run sees it. It looks at few more terms than a
 * uniform seed needs, so that it settles only that the rank of a run is full.
 *
 * <p>To shift by one is to step on by one word, for all runs alike; where their discrepancies
 * differ, masks stand for branches. The comparison 2L ≤ N of the algorithm asks for the sign of D =
 * N + 1 − 2L, which grows by one in each step and becomes 1 − D where L changes. The 64 values of D
 * are held as two's complement in words as well, lowest bits first.
 */
final class ToeplitzRankLanes {
  /** Terms beyond 2ℓ that are looked at. */
  private static final int SLACK = 64;

  private final int rows;
  private final int terms;
  private final long[] current;
  private final long[] earlier;
  private final long[] balance;

  /**
   * Prepares for runs of so many rows.
   *
   * @param rows ℓ, a multiple of 64
   */
  ToeplitzRankLanes(int rows) {
    this.rows = rows;
    this.terms = 2 * rows + SLACK;
    this.current = new long[terms];
    this.earlier = new long[terms];
    this.balance = new long[34 - Integer.numberOfLeadingZeros(terms)];
  }

  /** Returns the number of terms that 64 runs take together. */
  int allTerms() {
    return 63 * rows + terms;
  }

  /**
   * Returns a word whose bit i is set if rows i·ℓ to (i + 1)·ℓ − 1 have rank ℓ for certain.
   *
   * @param seed terms of the seed, packed
   * @param word where the terms of the first row begin, as many as {@link #allTerms}; the matrix
   *     has at least 2ℓ + {@value #SLACK} columns, so that these terms alone show no rank to be low
   */
  long full(long[] seed, int word) {
    load(seed, word);
    Arrays.fill(earlier, 0);
    earlier[0] = -1;
    Arrays.fill(balance, 0);
    // D = 1: no term is seen, L = 0.
    balance[0] = -1;
    for (int seen = 0; seen < terms; seen++) {
      long discrepancy = current[seen];
      long swapped = discrepancy & positive();
      add(discrepancy, swapped, seen);
      count(swapped);
      System.arraycopy(earlier, seen, earlier, seen + 1, Math.max(0, terms - seen - 1));
    }
    return complete();
  }

  private void load(long[] seed, int word) {
    long[] tile = new long[64];
    for (int t = 0; t < terms >>> 6; t++) {
      for (int lane = 0; lane < 64; lane++) {
        tile[lane] = seed[word + lane * (rows >>> 6) + t];
      }
      BitGrid.transpose(tile, 1);
      System.arraycopy(tile, 0, current, t << 6, 64);
    }
  }

  /** Adds the earlier sequence where there is a discrepancy, and keeps the current one if asked. */
  private void add(long discrepancy, long swapped, int from) {
    long[] to = current;
    long[] kept = earlier;
    for (int i = from; i < to.length; i++) {
      long now = to[i];
      long then = kept[i];
      to[i] = now ^ (then & discrepancy);
      kept[i] = then ^ ((now ^ then) & swapped);
    }
  }

  /** Returns where D is greater than zero. */
  private long positive() {
    long any = 0;
    for (int b = 0; b < balance.length - 1; b++) {
      any |= balance[b];
    }
    return any & ~balance[balance.length - 1];
  }

  /** Replaces D by D + 1, or by 1 − D = ~D + 2 where sequences were swapped. */
  private void count(long swapped) {
    long carry = ~swapped;
    for (int b = 0; b < balance.length; b++) {
      long bit = balance[b] ^ swapped;
      balance[b] = bit ^ carry;
      carry &= bit;
      if (b == 0) {
        carry |= swapped;
      }
    }
  }

  /** Returns where L ≥ ℓ, that is D ≤ N + 1 − 2ℓ. */
  private long complete() {
    long complete = 0;
    for (int lane = 0; lane < 64; lane++) {
      int sign = (int) (balance[balance.length - 1] >>> lane & 1);
      int d = -sign << (balance.length - 1);
      for (int b = 0; b < balance.length - 1; b++) {
        d |= (int) (balance[b] >>> lane & 1) << b;
      }
      complete |= d <= terms + 1 - 2 * rows ? 1L << lane : 0;
    }
    return complete;
  }
}
