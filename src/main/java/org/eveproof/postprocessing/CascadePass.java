package org.eveproof.postprocessing;

import java.util.Arrays;

/**
 * What Bob knows of one pass: a partition of his shuffled key into ranges of which he knows Alice's
 * parity. Indices are those of the shuffled key.
 */
final class CascadePass {
  private final Shuffle shuffle;

  /** His shuffled key, as corrected so far. */
  private final long[] bits;

  /** Where a range starts, and one past the end of the key. */
  private final Marks starts;

  /** Where a range starts whose parity differs from Alice's. */
  private final Marks odd;

  /** Ranges of one bit that have been odd; some may be even again. */
  private int[] singles = new int[16];

  private int singleCount;

  CascadePass(long[] key, int length, Shuffle shuffle) {
    this.shuffle = shuffle;
    this.bits = shuffle.shuffle(key);
    this.starts = new Marks(length + 1);
    this.odd = new Marks(length + 1);
    starts.add(length);
  }

  /**
   * Learns Alice's parity of a block, whose range becomes one of the partition.
   *
   * @param parity 0 or 1
   */
  void learn(int start, int end, int parity) {
    int differs = parity ^ parity(start, end);
    starts.add(start);
    odd.turnIf(start, differs);
    noteSingle(start, differs & (end - start == 1 ? 1 : 0));
  }

  /**
   * Learns the parity of the first part of an odd range, up to {@code middle}: that part is odd if
   * it differs from Alice's, and the other one is if it does not.
   *
   * @param parity 0 or 1
   */
  void split(int start, int middle, int parity) {
    int same = 1 ^ parity ^ parity(start, middle);
    starts.add(middle);
    odd.turnIf(start, same);
    odd.turnIf(middle, same);
    int stillOdd = start + same * (middle - start);
    noteSingle(stillOdd, starts.bit(stillOdd + 1));
  }

  /** Returns the number of odd ranges. */
  int oddRanges() {
    return odd.turned();
  }

  /**
   * Writes the first halves of all odd ranges, in order.
   *
   * @param at where in the arrays the first of them goes
   * @param offset is added to the starts
   */
  void halves(int[] halfStarts, int[] lengths, int at, int offset) {
    odd.copyTo(halfStarts, at);
    int end = at + odd.turned();
    for (int h = at; h < end; h++) {
      int start = halfStarts[h];
      lengths[h] = (starts.next(start + 1) - start) / 2;
      halfStarts[h] = offset + start;
    }
  }

  /** Returns an odd range of one bit, each time another; -1 if there is none. */
  int nextSingle() {
    while (singleCount > 0) {
      singleCount--;
      if (odd.bit(singles[singleCount]) != 0) {
        return singles[singleCount];
      }
    }
    return -1;
  }

  /** Forgets that a range is odd. */
  void passOver(int start) {
    odd.turn(start);
  }

  int position(int index) {
    return shuffle.position(index);
  }

  /** Turns one bit of the key over. */
  void turn(int position) {
    int index = shuffle.index(position);
    bits[index >>> 6] ^= 1L << index;
    turnRange(starts.previous(index));
  }

  void wipe() {
    Arrays.fill(bits, 0);
    starts.wipe();
    odd.wipe();
    Arrays.fill(singles, 0);
  }

  private void turnRange(int start) {
    odd.turn(start);
    noteSingle(start, starts.bit(start + 1) & odd.bit(start));
  }

  /** Remembers a range if it is odd and of one bit; written without a branch. */
  private void noteSingle(int start, int isSingle) {
    if (singleCount == singles.length) {
      singles = Arrays.copyOf(singles, 2 * singleCount);
    }
    singles[singleCount] = start;
    singleCount += isSingle;
  }

  private int parity(int from, int to) {
    int first = from >>> 6;
    int last = (to - 1) >>> 6;
    if (to - from <= 64) {
      // If both words are the same one, what is wrong of it lies past the end.
      long range = bits[first] >>> from | bits[last] << 1 << ~from;
      return Long.bitCount(range << (from - to)) & 1;
    }
    long sum = (bits[first] & -1L << from) ^ (bits[last] & -1L >>> -to);
    for (int w = first + 1; w < last; w++) {
      sum ^= bits[w];
    }
    return Long.bitCount(sum) & 1;
  }
}
