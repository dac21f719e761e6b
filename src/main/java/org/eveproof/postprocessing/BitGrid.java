package org.eveproof.postprocessing;

import java.util.Arrays;

/** A matrix of bits, whose rows begin with a word each. */
final class BitGrid {
  private final int rows;
  private final int columns;
  private final int width;
  private final long[] words;

  /** A row twice in a row, so that every turn of it is a piece of this. */
  private final long[] twice;

  private final long[] tile = new long[64];

  BitGrid(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.width = (columns + 63) >>> 6;
    this.words = new long[rows * width];
    this.twice = new long[2 * width + 1];
  }

  /** Takes bits row by row; the columns must fill whole words. What is missing is zero. */
  void fill(long[] bits) {
    System.arraycopy(bits, 0, words, 0, bits.length);
  }

  /** Returns the first words, row by row. */
  long[] words(int count) {
    return Arrays.copyOf(words, count);
  }

  /** Puts into column c of row r what was in column (c + turns[r]) mod columns. */
  void turnRows(int[] turns) {
    int over = columns & 63;
    int second = columns >>> 6;
    for (int r = 0; r < rows; r++) {
      int row = r * width;
      System.arraycopy(words, row, twice, 0, width);
      long rest = over == 0 ? 0 : words[row + second];
      for (int w = 0; w < width; w++) {
        long word = words[row + w];
        twice[second + w] = rest | word << over;
        rest = word >>> 1 >>> (63 - over);
      }
      twice[second + width] = rest;
      int skip = turns[r] >>> 6;
      int shift = turns[r] & 63;
      for (int w = 0; w < width; w++) {
        words[row + w] = twice[skip + w] >>> shift | twice[skip + w + 1] << 1 << (63 - shift);
      }
      if (over != 0) {
        words[row + width - 1] &= -1L >>> -over;
      }
    }
  }

  /** Puts the transposed matrix into another one of the right size. */
  void transposeInto(BitGrid other) {
    for (int top = 0; top < rows; top += 64) {
      int height = Math.min(64, rows - top);
      for (int w = 0; w < width; w++) {
        for (int r = 0; r < height; r++) {
          tile[r] = words[(top + r) * width + w];
        }
        Arrays.fill(tile, height, 64, 0);
        transpose(tile);
        int left = w << 6;
        int limit = Math.min(64, columns - left);
        for (int r = 0; r < limit; r++) {
          other.words[(left + r) * other.width + (top >>> 6)] = tile[r];
        }
      }
    }
  }

  void wipe() {
    Arrays.fill(words, 0);
    Arrays.fill(twice, 0);
    Arrays.fill(tile, 0);
  }

  /**
   * Transposes 64 words of 64 bits: swaps ever smaller quarters that lie across from each other.
   */
  static void transpose(long[] tile) {
    long mask = 0x00000000ffffffffL;
    for (int step = 32; step > 0; step >>>= 1, mask ^= mask << step) {
      for (int r = 0; r < 64; r = (r + step + 1) & -step - 1) {
        long changed = (tile[r] >>> step ^ tile[r + step]) & mask;
        tile[r] ^= changed << step;
        tile[r + step] ^= changed;
      }
    }
  }
}
