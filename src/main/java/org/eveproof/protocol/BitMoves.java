package org.eveproof.protocol;

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

  private final long[] mask;
  private final long[] places;
  private final long[] zeros;

  /** For each step, what moves in it: where the bits lie before they move down. */
  private final long[][] moving;

  private int count;

  /** Whether the mask names all places, so that nothing has to move. */
  private boolean full;

  /** Makes room for masks of up to so many words. */
  BitMoves(int most) {
    this.mask = new long[most];
    this.places = new long[most];
    this.zeros = new long[most];
    this.moving = new long[STEPS][most];
  }

  /** Goes by the words {@code from} to {@code end} - 1 of a mask from here on. */
  void follow(long[] masks, int from, int end) {
    count = end - from;
    System.arraycopy(masks, from, mask, 0, count);
    long all = -1;
    for (int i = 0; i < count; i++) {
      all &= mask[i];
    }
    full = all == -1;
    if (full) {
      return;
    }
    System.arraycopy(masks, from, places, 0, count);
    for (int i = 0; i < count; i++) {
      zeros[i] = ~mask[i] << 1;
    }
    for (int step = 0; step < STEPS; step++) {
      plan(moving[step], 1 << step);
    }
  }

  /** Moves those bits down that are chosen; the others become zero. */
  void gather(long[] words) {
    if (full) {
      return;
    }
    for (int i = 0; i < count; i++) {
      words[i] &= mask[i];
    }
    for (int step = 0; step < STEPS; step++) {
      down(words, moving[step], 1 << step);
    }
  }

  /** Takes {@link #gather} back: moves the lowest bits up to the places of the mask. */
  void scatter(long[] words) {
    if (full) {
      return;
    }
    for (int step = STEPS - 1; step >= 0; step--) {
      up(words, moving[step], 1 << step);
    }
    for (int i = 0; i < count; i++) {
      words[i] &= mask[i];
    }
  }

  /**
   * Finds what moves in one step: {@code places} says where the bits are, and moves with them,
   * {@code zeros} which zeros below are still to be counted, one place up; every second one
   * remains.
   */
  private void plan(long[] moves, int distance) {
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
      places[i] = (places[i] ^ moves[i]) | (moves[i] >>> distance);
    }
  }

  private void down(long[] words, long[] moves, int distance) {
    for (int i = 0; i < count; i++) {
      long moved = words[i] & moves[i];
      words[i] = (words[i] ^ moved) | (moved >>> distance);
    }
  }

  private void up(long[] words, long[] moves, int distance) {
    for (int i = 0; i < count; i++) {
      words[i] = (words[i] & ~moves[i]) | (words[i] << distance & moves[i]);
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
