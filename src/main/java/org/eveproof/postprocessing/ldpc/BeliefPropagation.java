package org.eveproof.postprocessing.ldpc;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the errors that explain a syndrome: the sum-product algorithm, row by row, so that each row
 * already sees what those before it have found out.
 *
 * <p>A belief is the logarithm of the odds that a bit is right, in sixteenths; it is below zero if
 * the bit is likely wrong. A check tells a bit φ⁻¹(Σ φ(|b|)) over its other bits, with φ(x) = −ln
 * tanh(x/2), and the product of their signs. φ and its inverse, which is itself, are tables.
 *
 * @see "Hocevar, A reduced complexity decoder architecture via layered decoding of LDPC codes
 *     (2004)"
 */
final class BeliefPropagation {
  /** Beliefs are counted in such parts. */
  private static final int PARTS = 16;

  /** A belief that no check shakes. */
  private static final int CERTAIN = 1 << 16;

  /** Steps of φ. */
  private static final int STEPS = 1 << 13;

  /** φ in steps, of beliefs in parts. It is less than half a step above the last. */
  private static final int[] PHI = new int[256];

  /** The inverse in parts, of sums in steps. It is less than half a part above the last. */
  private static final byte[] INVERSE = new byte[1 << 15];

  static {
    // At zero both would be infinite; a part of a unit stands for it.
    for (int belief = 0; belief < PHI.length; belief++) {
      PHI[belief] = (int) Math.round(STEPS * phi(Math.max(belief, 0.25) / PARTS));
    }
    for (int sum = 0; sum < INVERSE.length; sum++) {
      INVERSE[sum] = (byte) Math.round(PARTS * phi(Math.max(sum, 0.5) / STEPS));
    }
  }

  private final LdpcCode code;
  private final int mostIterations;

  /** Of each column. */
  private final int[][] beliefs;

  /** What the checks have told the bits last, row by row and block by block. */
  private final int[][] told;

  /** Of each block of one row, turned so that check i meets its bit: what the bits believe. */
  private final int[][] turned;

  /** What the bits believe, and what they are told, without signs. */
  private final int[][] sizes;

  /** Of one row: the sum of φ for each check, and the product of signs. */
  private final int[] sums;

  private final int[] signs;

  /**
   * Makes room.
   *
   * @param mostIterations how often each check is looked at before giving up
   */
  BeliefPropagation(LdpcCode code, int mostIterations) {
    int blocks = code.rows().stream().mapToInt(CheckRow::degree).sum();
    int widest = code.rows().stream().mapToInt(CheckRow::degree).max().orElse(0);
    this.code = code;
    this.mostIterations = mostIterations;
    this.beliefs = new int[code.columns()][code.lift()];
    this.told = new int[blocks][code.lift()];
    this.turned = new int[widest][code.lift()];
    this.sizes = new int[widest][code.lift()];
    this.sums = new int[code.lift()];
    this.signs = new int[code.lift()];
  }

  private static double phi(double x) {
    return -Math.log(Math.tanh(x / 2));
  }

  /**
   * Looks for errors.
   *
   * @param checks rows with together as many blocks as the code
   * @param syndrome parities of the errors, of each row's checks, as signs
   * @param keyBits how many of the code's first bits may be wrong
   * @param errorRate what share of them is, about
   * @return whether {@link #isWrong} fits the syndrome now
   */
  boolean decode(List<CheckRow> checks, int[] syndrome, int keyBits, double errorRate) {
    int channel = (int) Math.round(PARTS * Math.log((1 - errorRate) / errorRate));
    for (int c = 0; c < beliefs.length; c++) {
      int free = Math.max(0, Math.min(code.lift(), keyBits - c * code.lift()));
      Arrays.fill(beliefs[c], 0, free, channel);
      Arrays.fill(beliefs[c], free, code.lift(), CERTAIN);
    }
    wipe(told);
    for (int iteration = 0; iteration < mostIterations; iteration++) {
      int block = 0;
      for (int r = 0; r < checks.size(); r++) {
        update(checks.get(r), syndrome, r * code.lift(), block);
        block += checks.get(r).degree();
      }
      if (fits(checks, syndrome)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a bit is found wrong. */
  boolean isWrong(int bit) {
    return beliefs[bit / code.lift()][bit % code.lift()] < 0;
  }

  void wipe() {
    wipe(beliefs);
    wipe(told);
    wipe(turned);
    wipe(sizes);
    Arrays.fill(sums, 0);
    Arrays.fill(signs, 0);
  }

  private static void wipe(int[][] blocks) {
    for (int[] block : blocks) {
      Arrays.fill(block, 0);
    }
  }

  private boolean fits(List<CheckRow> checks, int[] syndrome) {
    for (int r = 0; r < checks.size(); r++) {
      System.arraycopy(syndrome, r * code.lift(), signs, 0, code.lift());
      for (CheckRow.Block block : checks.get(r).blocks()) {
        turn(block, turned[0]);
        multiply(signs, turned[0]);
      }
      int any = 0;
      for (int sign : signs) {
        any |= sign;
      }
      if (any < 0) {
        return false;
      }
    }
    return true;
  }

  private void update(CheckRow row, int[] syndrome, int check, int firstBlock) {
    Arrays.fill(sums, 0);
    System.arraycopy(syndrome, check, signs, 0, code.lift());
    int degree = row.degree();
    for (int b = 0; b < degree; b++) {
      turn(row.blocks().get(b), turned[b]);
      takeBack(turned[b], told[firstBlock + b], sizes[b]);
      multiply(signs, turned[b]);
      look(sizes[b]);
      add(sums, sizes[b]);
    }
    for (int b = 0; b < degree; b++) {
      others(sizes[b], sums);
      invert(sizes[b]);
      tell(turned[b], told[firstBlock + b], sizes[b], signs);
      turnBack(row.blocks().get(b), turned[b]);
    }
  }

  private void turn(CheckRow.Block block, int[] to) {
    int[] column = beliefs[block.column()];
    int rest = column.length - block.shift();
    System.arraycopy(column, block.shift(), to, 0, rest);
    System.arraycopy(column, 0, to, rest, block.shift());
  }

  private void turnBack(CheckRow.Block block, int[] from) {
    int[] column = beliefs[block.column()];
    int rest = column.length - block.shift();
    System.arraycopy(from, 0, column, block.shift(), rest);
    System.arraycopy(from, rest, column, 0, block.shift());
  }

  // The compiler turns loops into vectors if they have one index, look nothing up, and compare
  // nothing, not even by Math.min: a number below zero has a mask of ones instead.

  private static void multiply(int[] signs, int[] beliefs) {
    for (int i = 0; i < signs.length; i++) {
      signs[i] ^= beliefs[i];
    }
  }

  /** Takes back what the checks told the bits before; what is left is theirs to tell. */
  private static void takeBack(int[] beliefs, int[] told, int[] sizes) {
    for (int i = 0; i < beliefs.length; i++) {
      int belief = beliefs[i] - told[i];
      beliefs[i] = belief;
      int negative = belief >> 31;
      int over = (belief ^ negative) - negative - (PHI.length - 1);
      sizes[i] = PHI.length - 1 + (over & over >> 31);
    }
  }

  /** Replaces beliefs by their φ. */
  private static void look(int[] sizes) {
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = PHI[sizes[i] & (PHI.length - 1)];
    }
  }

  private static void add(int[] sums, int[] sizes) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += sizes[i];
    }
  }

  /** Replaces each φ by that of the others of its check. */
  private static void others(int[] sizes, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      int over = sums[i] - sizes[i] - (INVERSE.length - 1);
      sizes[i] = INVERSE.length - 1 + (over & over >> 31);
    }
  }

  private static void invert(int[] sizes) {
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = INVERSE[sizes[i] & (INVERSE.length - 1)] & 0xff;
    }
  }

  /** Tells each bit what the others of its check say. */
  private static void tell(int[] beliefs, int[] told, int[] sizes, int[] signs) {
    for (int i = 0; i < beliefs.length; i++) {
      int sign = (signs[i] ^ beliefs[i]) >> 31;
      int message = (sizes[i] ^ sign) - sign;
      told[i] = message;
      beliefs[i] += message;
    }
  }
}
