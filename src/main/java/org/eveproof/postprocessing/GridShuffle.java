package org.eveproof.postprocessing;

/**
 * A shuffle that separates any few positions as a random permutation would, nearly.
 *
 * <p>The positions are laid out in a grid of about as many rows as columns. Each column is turned
 * by a random amount, then each row, then each column, and each row again, so that four tables of
 * about √n random numbers give a permutation of n positions that can be computed in both
 * directions. Cells past the end of the key are skipped by applying the permutation again. This is
 * a Feistel network over two residues with random round functions.
 *
 * <p>In long keys a row fills whole words, and 64 bits are turned at once; between two turns the
 * grid is transposed, so that what is turned lies in a row.
 *
 * @see <a href="https://doi.org/10.1007/3-540-45760-7_9">Black and Rogaway, Ciphers with arbitrary
 *     finite domains (2002): networks over residues, and cycle walking</a>
 */
final class GridShuffle implements Shuffle {
  /** The length from which on there are at least 64 rows with 64 columns. */
  private static final int LONG = 4096;

  private final int length;
  private final int rows;
  private final int columns;
  private final int[] firstColumnTurns;
  private final int[] firstRowTurns;
  private final int[] lastColumnTurns;
  private final int[] lastRowTurns;

  /** Makes the shuffle of a key of {@code length} bits, at least 1, in one pass. */
  GridShuffle(int length, long seed, int pass) {
    double side = Math.sqrt(length);
    this.length = length;
    this.columns = length < LONG ? (int) Math.ceil(side) : 64 * (int) Math.round(side / 64);
    this.rows = (length - 1) / columns + 1;
    SplitMix random = new SplitMix(seed, pass);
    this.firstColumnTurns = turns(columns, rows, random);
    this.firstRowTurns = turns(rows, columns, random);
    this.lastColumnTurns = turns(columns, rows, random);
    this.lastRowTurns = turns(rows, columns, random);
  }

  @Override
  public int position(int index) {
    int cell = index;
    do {
      int row = cell / columns;
      int column = cell - row * columns;
      row = plus(row, firstColumnTurns[column], rows);
      column = plus(column, firstRowTurns[row], columns);
      row = plus(row, lastColumnTurns[column], rows);
      column = plus(column, lastRowTurns[row], columns);
      cell = row * columns + column;
    } while (cell >= length);
    return cell;
  }

  @Override
  public int index(int position) {
    int cell = position;
    do {
      cell = cellBefore(cell);
    } while (cell >= length);
    return cell;
  }

  @Override
  public long[] shuffle(long[] words) {
    return length < LONG ? shuffleBits(words) : shuffleWords(words);
  }

  /** Undoes the permutation once, in the grid. */
  private int cellBefore(int cell) {
    int row = cell / columns;
    int column = cell - row * columns;
    column = minus(column, lastRowTurns[row], columns);
    row = minus(row, lastColumnTurns[column], rows);
    column = minus(column, firstRowTurns[row], columns);
    row = minus(row, firstColumnTurns[column], rows);
    return row * columns + column;
  }

  private long[] shuffleBits(long[] words) {
    long[] shuffled = new long[(length + 63) >>> 6];
    for (int i = 0; i < length; i++) {
      int position = position(i);
      shuffled[i >>> 6] |= (words[position >>> 6] >>> position & 1) << i;
    }
    return shuffled;
  }

  private long[] shuffleWords(long[] words) {
    BitGrid wide = new BitGrid(rows, columns);
    BitGrid high = new BitGrid(columns, rows);
    // The last turn of an index is the first one of the bits that come to lie there.
    wide.fill(words, lastRowTurns);
    high.fillTransposed(wide, lastColumnTurns);
    wide.fillTransposed(high, firstRowTurns);
    high.fillTransposed(wide, firstColumnTurns);
    long[] shuffled = high.transposed((length + 63) >>> 6);
    if ((length & 63) != 0) {
      shuffled[shuffled.length - 1] &= -1L >>> -length;
    }
    for (int cell = length; cell < rows * columns; cell++) {
      int index = cellBefore(cell);
      if (index < length) {
        int position = position(index);
        shuffled[index >>> 6] |= (words[position >>> 6] >>> position & 1) << index;
      }
    }
    wide.wipe();
    high.wipe();
    return shuffled;
  }

  private static int plus(int a, int b, int modulus) {
    int less = a + b - modulus;
    return less + (less >> 31 & modulus);
  }

  private static int minus(int a, int b, int modulus) {
    int less = a - b;
    return less + (less >> 31 & modulus);
  }

  private static int[] turns(int count, int bound, SplitMix random) {
    int[] turns = new int[count];
    for (int i = 0; i < count; i++) {
      turns[i] = random.below(bound);
    }
    return turns;
  }
}
