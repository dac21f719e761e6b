package org.eveproof.quantum.decoy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Draws one of up to 16 values with one random word and one comparison: a fair die of 16 faces,
 * each of which stands for one value up to a cut and for another one beyond it (Walker, ACM Trans.
 * Math. Softw. 3, 253 (1977); built as by Vose, IEEE Trans. Softw. Eng. 17, 972 (1991)).
 */
final class AliasTable {
  private static final int FACES = 16;

  /** Cuts as fractions of 2⁵⁹, which is what the die leaves of a word without its sign. */
  private final long[] cuts = new long[FACES];

  private final int[] below = new int[FACES];
  private final int[] beyond = new int[FACES];

  /**
   * @param probabilities of the values, at most 16, with a sum of 1 but for rounding
   */
  AliasTable(int[] values, double[] probabilities) {
    double[] faces = Arrays.copyOf(probabilities, FACES);
    double sum = Arrays.stream(faces).sum();
    int likeliest = 0;
    Deque<Integer> small = new ArrayDeque<>();
    Deque<Integer> large = new ArrayDeque<>();
    for (int i = 0; i < FACES; i++) {
      faces[i] *= FACES / sum;
      (faces[i] < 1 ? small : large).add(i);
      likeliest = faces[i] > faces[likeliest] ? i : likeliest;
    }
    Arrays.fill(beyond, values[likeliest]);
    for (int i = 0; i < FACES; i++) {
      below[i] = i < values.length ? values[i] : values[likeliest];
      cuts[i] = i < values.length ? 1L << 59 : 0;
    }
    while (!small.isEmpty() && !large.isEmpty()) {
      int face = small.remove();
      int other = large.element();
      cuts[face] = (long) (faces[face] * 0x1p59);
      beyond[face] = values[other];
      faces[other] -= 1 - faces[face];
      if (faces[other] < 1) {
        small.add(large.remove());
      }
    }
  }

  /** Returns the value that a random word stands for. */
  int draw(long word) {
    int face = (int) word & FACES - 1;
    return word >>> 5 < cuts[face] ? below[face] : beyond[face];
  }
}
