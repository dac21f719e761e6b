package org.eveproof.postprocessing.ldpc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eveproof.postprocessing.SplitMix;

/**
 * Builds a code edge by edge, lowest degrees first: each edge of a bit goes to a check that is as
 * far from the bit as possible in the graph so far, among these to one with the fewest edges. All
 * shifted copies of an edge are added with it.
 *
 * @see <a href="https://doi.org/10.1109/TIT.2004.839541">Hu, Eleftheriou and Arnold, Regular and
 *     irregular progressive edge-growth Tanner graphs (2005)</a>
 * @see "Li and Vijaya Kumar, A class of good quasi-cyclic low-density parity check codes based on
 *     progressive edge growth graph (2004)"
 */
final class ProgressiveEdgeGrowth {
  private final int lift;
  private final SplitMix random;

  /** For each column, its rows, and the shift in each of them. */
  private final int[][] columnRows;

  private final int[][] columnShifts;
  private final int[] columnDegree;

  /** For each row, its columns and shifts. */
  private final int[][] rowColumns;

  private final int[][] rowShifts;
  private final int[] rowDegree;

  /** Distance of each check from the bit in question; -1 where it was not reached. */
  private final int[] distance;

  private final int[] queue;

  private ProgressiveEdgeGrowth(int[] degrees, int rows, int lift, long seed) {
    this.lift = lift;
    this.random = new SplitMix(seed, 0);
    this.columnRows = new int[degrees.length][];
    this.columnShifts = new int[degrees.length][];
    for (int c = 0; c < degrees.length; c++) {
      columnRows[c] = new int[degrees[c]];
      columnShifts[c] = new int[degrees[c]];
    }
    this.columnDegree = new int[degrees.length];
    this.rowColumns = new int[rows][degrees.length];
    this.rowShifts = new int[rows][degrees.length];
    this.rowDegree = new int[rows];
    this.distance = new int[rows * lift];
    this.queue = new int[rows * lift];
  }

  /**
   * Builds a code.
   *
   * @param degrees of the columns, in rising order, none above the number of rows
   * @param seed same seed, same code
   */
  static LdpcCode code(int[] degrees, int rows, int lift, long seed) {
    ProgressiveEdgeGrowth growth = new ProgressiveEdgeGrowth(degrees, rows, lift, seed);
    for (int c = 0; c < degrees.length; c++) {
      for (int e = 0; e < degrees[c]; e++) {
        growth.addEdge(c);
      }
    }
    List<CheckRow> made = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      List<CheckRow.Block> blocks = new ArrayList<>();
      for (int e = 0; e < growth.rowDegree[r]; e++) {
        blocks.add(new CheckRow.Block(growth.rowColumns[r][e], growth.rowShifts[r][e]));
      }
      made.add(new CheckRow(blocks));
    }
    return new LdpcCode(degrees.length, lift, made);
  }

  private void addEdge(int column) {
    measure(column);
    int check = farthest(column);
    int row = check / lift;
    // The bit is number 0 of its column, so check i has bit (i + shift) mod lift = 0.
    int shift = Math.floorMod(-(check % lift), lift);
    columnRows[column][columnDegree[column]] = row;
    columnShifts[column][columnDegree[column]] = shift;
    columnDegree[column]++;
    rowColumns[row][rowDegree[row]] = column;
    rowShifts[row][rowDegree[row]] = shift;
    rowDegree[row]++;
  }

  /** Measures the distance of the checks from bit 0 of a column, up to half of all checks. */
  private void measure(int column) {
    Arrays.fill(distance, -1);
    int end = 0;
    for (int e = 0; e < columnDegree[column]; e++) {
      int check = columnRows[column][e] * lift + Math.floorMod(-columnShifts[column][e], lift);
      distance[check] = 0;
      queue[end++] = check;
    }
    for (int next = 0; next < end && end < distance.length / 2; next++) {
      int row = queue[next] / lift;
      int number = queue[next] % lift;
      for (int e = 0; e < rowDegree[row]; e++) {
        int neighbour = rowColumns[row][e];
        int bit = number + rowShifts[row][e];
        for (int f = 0; f < columnDegree[neighbour]; f++) {
          int other = bit - columnShifts[neighbour][f];
          other = other < 0 ? other + lift : other >= lift ? other - lift : other;
          int check = columnRows[neighbour][f] * lift + other;
          if (distance[check] < 0) {
            distance[check] = distance[queue[next]] + 1;
            queue[end++] = check;
          }
        }
      }
    }
  }

  /** Returns a check of a row that the column does not meet yet. */
  private int farthest(int column) {
    int best = -1;
    int bestDistance = -1;
    int bestDegree = Integer.MAX_VALUE;
    int equals = 0;
    for (int row = 0; row < rowDegree.length; row++) {
      if (!meets(column, row)) {
        for (int check = row * lift; check < (row + 1) * lift; check++) {
          int far = distance[check] < 0 ? Integer.MAX_VALUE : distance[check];
          if (far > bestDistance || (far == bestDistance && rowDegree[row] < bestDegree)) {
            bestDistance = far;
            bestDegree = rowDegree[row];
            equals = 0;
          }
          if (far == bestDistance && rowDegree[row] == bestDegree) {
            equals++;
            if (random.below(equals) == 0) {
              best = check;
            }
          }
        }
      }
    }
    return best;
  }

  private boolean meets(int column, int row) {
    for (int e = 0; e < columnDegree[column]; e++) {
      if (columnRows[column][e] == row) {
        return true;
      }
    }
    return false;
  }
}
