package org.eveproof.protocol;

import java.util.Arrays;

/**
 * Moves the bits of words between the places that a mask names and the lowest places. How far a bit
 * has to go is the number of zeros of the mask below it: first those bits move by one place for
 * which that number is odd, then by two places those for which its second digit is one, and so on.
 * Each step is a short loop over many words, which the virtual machine compiles to vectors, and
 * which takes the same time whatever the bits are.
 *
 * @see "Warren, Hacker's Delight, second edition (2013), sections 7-4 and 7-5: compress, expand"
 */
final class BitMoves {
  private static final int STEPS = 6;

  private final int count;
  private final long[] mask;

  /** For each step, what moves in it: where the bits lie before they move down. */
  private final long[][] moving = new long[STEPS][];

  /** Takes the words {@code from} to {@code end} - 1 of a mask. */
  BitMoves(long[] mask, int from, int end) {
    this.count = end - from;
    this.mask = Arrays.copyOfRange(mask, from, end);
    long[] places = this.mask.clone();
    long[] zeros = new long[count];
    for (int i = 0; i < count; i++) {
      zeros[i] = ~places[i] << 1;
    }
    for (int step = 0; step < STEPS; step++) {
      moving[step] = new long[count];
      plan(places, zeros, moving[step], 1 << step);
    }
  }

  /** Moves those bits down that are chosen; the others become zero. */
  void gather(long[] words) {
    for (int i = 0; i < count; i++) {
      words[i] &= mask[i];
    }
    for (int step = 0; step < STEPS; step++) {
      down(words, moving[step], 1 << step);
    }
  }

  /** Takes {@link #gather} back: moves the lowest bits up to the places of the mask. */
  void scatter(long[] words) {
    for (int step = STEPS - 1; step >= 0; step--) {
      up(words, moving[step], 1 << step);
    }
    for (int i = 0; i < count; i++) {
      words[i] &= mask[i];
    }
  }

  /**
   * Finds what moves in one step.
   *
   * @param places where the bits are now; moves with them
   * @param zeros the zeros below that are still to be counted, one place up; every second one of
   *     them remains
   */
  private void plan(long[] places, long[] zeros, long[] moves, int distance) {
    for (int i = 0; i < count; i++) {
      moves[i] = parities(zeros[i]);
    }
    for (int i = 0; i < count; i++) {
      zeros[i] &= ~moves[i];
    }
    for (int i = 0; i < count; i++) {
      moves[i] &= places[i];
    }
    for (int i = 0; i < count; i++) {
      places[i] = places[i] ^ moves[i] | moves[i] >>> distance;
    }
  }

  private void down(long[] words, long[] moves, int distance) {
    for (int i = 0; i < count; i++) {
      long moved = words[i] & moves[i];
      words[i] = words[i] ^ moved | moved >>> distance;
    }
  }

  private void up(long[] words, long[] moves, int distance) {
    for (int i = 0; i < count; i++) {
      words[i] = words[i] & ~moves[i] | words[i] << distance & moves[i];
    }
  }

  /** Returns for each bit the parity of the number of ones up to it. */
  private static long parities(long word) {
    long sums = word;
    sums ^= sums << 1;
    sums ^= sums << 2;
    sums ^= sums << 4;
    sums ^= sums << 8;
    sums ^= sums << 16;
    return sums ^ sums << 32;
  }
}
