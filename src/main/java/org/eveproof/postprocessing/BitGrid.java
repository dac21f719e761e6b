package org.eveproof.postprocessing;

import java.util.Arrays;

/**
 * A matrix of bits, whose rows begin with a word each.
 *
 * <p>Rows are kept in an order that suits transposition: all those that are the first of 64, then
 * all that are the second, and so on, so that a swap of quarters of every square of 64 by 64 bits
 * runs through long stretches of memory. Rows of zeros fill up the last 64.
 */
final class BitGrid {
  private final int rows;
  private final int columns;

  /** Words in a row. */
  private final int width;

  /** Number of 64 rows each. */
  private final int bands;

  private final long[] words;

  /** A row twice in a row, so that every turn of it is a piece of this. */
  private final long[] twice;

  BitGrid(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.width = (columns + 63) >>> 6;
    this.bands = (rows + 63) >>> 6;
    this.words = new long[64 * bands * width];
    this.twice = new long[2 * width + 2];
  }

  /**
   * Takes bits row by row, each row turned: its column c is column (c + turns[r]) mod columns of
   * what is given. The columns must fill whole words; what is missing at the end is zero.
   */
  void fill(long[] bits, int[] turns) {
    long[] all = Arrays.copyOf(bits, rows * width);
    for (int r = 0; r < rows; r++) {
      turn(all, r * width, 1, r, turns[r]);
    }
    Arrays.fill(all, 0);
  }

  /**
   * Takes another matrix transposed, each row turned as {@link #fill} does it; that one is spent.
   */
  void fillTransposed(BitGrid other, int[] turns) {
    transpose(other.words, other.bands * other.width);
    for (int r = 0; r < rows; r++) {
      turn(other.words, other.startOfColumn(r), other.width, r, turns[r]);
    }
    for (int r = rows; r < 64 * bands; r++) {
      Arrays.fill(words, start(r), start(r) + width, 0);
    }
  }

  /** Returns the first words of the transposed matrix, row by row; this one is spent. */
  long[] transposed(int count) {
    transpose(words, bands * width);
    long[] bits = new long[bands * 64 * width];
    for (int column = 0; column < columns; column++) {
      int start = startOfColumn(column);
      for (int band = 0; band < bands; band++) {
        bits[column * bands + band] = words[start + band * width];
      }
    }
    long[] first = Arrays.copyOf(bits, count);
    Arrays.fill(bits, 0);
    return first;
  }

  void wipe() {
    Arrays.fill(words, 0);
    Arrays.fill(twice, 0);
  }

  /** Puts a row of another matrix, whose words lie {@code step} apart, into one of this, turned. */
  private void turn(long[] from, int start, int step, int row, int turn) {
    int over = columns & 63;
    int whole = columns >>> 6;
    long last = over == 0 ? 0 : from[start + whole * step];
    long rest = last;
    for (int w = 0; w < whole; w++) {
      long word = from[start + w * step];
      twice[w] = word;
      twice[whole + w] = rest | word << over;
      rest = word >>> 1 >>> (63 - over);
    }
    twice[2 * whole] = rest | last << over;
    twice[2 * whole + 1] = last >>> 1 >>> (63 - over);
    int skip = turn >>> 6;
    int shift = turn & 63;
    int to = start(row);
    for (int w = 0; w < width; w++) {
      words[to + w] = twice[skip + w] >>> shift | twice[skip + w + 1] << 1 << (63 - shift);
    }
    if (over != 0) {
      words[to + whole] &= -1L >>> -over;
    }
  }

  private int start(int row) {
    return ((row & 63) * bands + (row >>> 6)) * width;
  }

  /** Returns where a column starts when all squares are transposed; its words lie a width apart. */
  private int startOfColumn(int column) {
    return (column & 63) * bands * width + (column >>> 6);
  }

  /**
   * Transposes squares of 64 by 64 bits that lie interleaved: row r of square s is word {@code r *
   * squares + s}. Swaps ever smaller quarters that lie across from each other, of two sizes at a
   * time.
   */
  static void transpose(long[] words, int squares) {
    swap(words, squares, 16, 0x00000000ffffffffL, 0x0000ffff0000ffffL);
    swap(words, squares, 4, 0x00ff00ff00ff00ffL, 0x0f0f0f0f0f0f0f0fL);
    swap(words, squares, 1, 0x3333333333333333L, 0x5555555555555555L);
  }

  /**
   * Swaps quarters of {@code 2 * side} and then of {@code side} rows and columns.
   *
   * @param wide the columns of the greater quarters that stay in the rows above
   * @param narrow likewise, of the smaller ones
   */
  private static void swap(long[] words, int squares, int side, long wide, long narrow) {
    int step = side * squares;
    int half = 2 * side;
    for (int top = 0; top < words.length; top += 4 * step) {
      for (int i = top; i < top + step; i++) {
        long a = words[i];
        long b = words[i + step];
        long c = words[i + 2 * step];
        long d = words[i + 3 * step];
        long ac = (a >>> half ^ c) & wide;
        long bd = (b >>> half ^ d) & wide;
        a ^= ac << half;
        b ^= bd << half;
        c ^= ac;
        d ^= bd;
        long ab = (a >>> side ^ b) & narrow;
        long cd = (c >>> side ^ d) & narrow;
        words[i] = a ^ ab << side;
        words[i + step] = b ^ ab;
        words[i + 2 * step] = c ^ cd << side;
        words[i + 3 * step] = d ^ cd;
      }
    }
  }
}
