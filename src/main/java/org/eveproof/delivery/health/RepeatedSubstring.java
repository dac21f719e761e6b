package org.eveproof.delivery.health;

import java.util.Arrays;

/**
 * A string of bytes that occurs twice (after the longest repeated substring of SP 800-90B section
 * 6.3.6): finds periods of any length, repeated cipher blocks, text, and a key that is there twice.
 *
 * <p>Two given places of uniform bytes begin alike for W bytes with probability 256<sup>−W</sup>,
 * whether they overlap or not, so the cutoff W is the least with n²/2·256<sup>−W</sup> ≤ α; not
 * less than 8. The table of places is wiped, and so is what the loop held.
 */
final class RepeatedSubstring {
  private static final int LEAST_LENGTH = Long.BYTES;

  private RepeatedSubstring() {}

  static Finding ofBytes(Block block, double alpha) {
    double pairs = (double) block.length() * block.length() / 2;
    int cutoff = Math.max(LEAST_LENGTH, (int) Math.ceil(Math.log(pairs / alpha) / Math.log(2) / 8));
    return Finding.of("repeated string, bytes", "", firstRepeat(block, cutoff), cutoff);
  }

  /** Returns the length of the first repeat of {@code least} bytes or more; 0 if there is none. */
  private static int firstRepeat(Block block, int least) {
    int size = Integer.highestOneBit(Math.max(block.length(), 1)) << 2;
    // Places plus one, by the hash of what stands there; zero is free.
    int[] places = new int[size];
    try {
      for (int at = 0; at + least <= block.length(); at++) {
        int slot = hash(block.eightAt(at), block.eightAt(at + least - Long.BYTES)) & (size - 1);
        while (places[slot] != 0) {
          int common = block.common(places[slot] - 1, at);
          if (common >= least) {
            return common;
          }
          slot = (slot + 1) & (size - 1);
        }
        places[slot] = at + 1;
      }
      return 0;
    } finally {
      Arrays.fill(places, 0);
    }
  }

  private static int hash(long first, long last) {
    long mixed = (first ^ Long.rotateLeft(last, 31)) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
    return (int) (mixed >>> 32);
  }
}
