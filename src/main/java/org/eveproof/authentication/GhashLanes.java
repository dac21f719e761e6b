package org.eveproof.authentication;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.eveproof.protocol.BitReversal;

/**
 * Shortens a long message to a few blocks with the same hash, in lanes that the virtual machine
 * turns into vectors.
 *
 * <p>The hash of blocks m_1 ... m_s is Σ m_i h^(s + 1 − i). With rows of J blocks, the rows but the
 * last are multiplied by the power of h^J that brings them to the place of the last one, and added
 * to it: J blocks are left. Their first half times h^(J/2), added to the second, leaves half as
 * many, and so on. The products are those of {@link WegmanCarter}, so that here too neither the
 * flow of control nor any address depends on a secret.
 */
final class GhashLanes {
  /** Blocks in a row. */
  static final int LANES = 128;

  /** Blocks that are left. */
  static final int LEFT = 16;

  private static final int BLOCK = 16;
  private static final int WORD = 8;

  /** Rows between two reductions. */
  private static final int ROWS = 8;

  private static final long HOLES = 0x1111111111111111L;
  private static final long HOLES_1 = HOLES << 1;
  private static final long HOLES_2 = HOLES << 2;
  private static final long HOLES_3 = HOLES << 3;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * The coefficients of x^i with i mod 4 = 0, 1, 2 and 3, plus what is above and below each. Four
   * methods that are called through one interface are compiled each by itself. The virtual machine
   * does not turn all of their loops into vectors when they are in one method, nor four products in
   * one loop.
   */
  private static final List<CoefficientClass> CLASSES =
      List.of(GhashLanes::class0, GhashLanes::class1, GhashLanes::class2, GhashLanes::class3);

  private interface CoefficientClass {
    void addProducts(long[] x, long y, long[] sum, int lanes);
  }

  private final GhashElement key;

  /**
   * Upper half of the high and of the low words; high + low; then high, low, high + low mirrored.
   */
  private final long[][] factors = new long[6][LANES];

  /** Products of high, low, high + low, and of the same mirrored, in four classes each. */
  private final long[][] sums = new long[24][LANES];

  private final long[] high = new long[LANES];
  private final long[] low = new long[LANES];

  /** Prepares for a hash key. */
  GhashLanes(GhashElement key) {
    this.key = key;
  }

  /**
   * Shortens the first rows of a message to {@link #LEFT} blocks; {@link #high} and {@link #low}
   * read them.
   *
   * @param rows at least 1; the message has at least {@link #LANES} blocks to each
   */
  void shorten(byte[] message, int rows) {
    GhashElement step = key.power(LANES);
    GhashElement[] powers = new GhashElement[Math.min(ROWS, rows) + 1];
    powers[1] = step;
    for (int i = 2; i < powers.length; i++) {
      powers[i] = powers[i - 1].times(step);
    }
    int row = 0;
    while (row < rows - 1) {
      int group = Math.min(ROWS, rows - 1 - row);
      for (int i = group; i > 0; i--) {
        addRow(message, row);
        multiply(powers[i], LANES);
        Arrays.fill(high, 0);
        Arrays.fill(low, 0);
        row++;
      }
      reduce(LANES);
    }
    addRow(message, row);
    for (int half = LANES / 2; half >= LEFT; half /= 2) {
      multiply(key.power(half), half);
      System.arraycopy(high, half, factors[0], 0, half);
      System.arraycopy(low, half, factors[1], 0, half);
      reduce(half);
      add(factors[0], high, half);
      add(factors[1], low, half);
    }
  }

  /** Returns the first word of a block that is left. */
  long high(int block) {
    return high[block];
  }

  /** Returns the second word of a block that is left. */
  long low(int block) {
    return low[block];
  }

  /** Overwrites what is left of the message; the sums are cleared already. */
  void wipe() {
    for (long[] lanes : factors) {
      Arrays.fill(lanes, 0);
    }
    Arrays.fill(high, 0);
    Arrays.fill(low, 0);
  }

  private void addRow(byte[] message, int row) {
    int at = row * LANES * BLOCK;
    for (int i = 0; i < LANES; i++) {
      high[i] ^= (long) WORDS.get(message, at + BLOCK * i);
      low[i] ^= (long) WORDS.get(message, at + BLOCK * i + WORD);
    }
  }

  /** Adds the running values times a power to the sums, the products still in their classes. */
  private void multiply(GhashElement power, int lanes) {
    for (int i = 0; i < lanes; i++) {
      factors[2][i] = high[i] ^ low[i];
    }
    BitReversal.reverse(high, factors[3], lanes);
    BitReversal.reverse(low, factors[4], lanes);
    add(factors[3], factors[4], factors[5], lanes);
    multiply(high, power.high(), 0, lanes);
    multiply(low, power.low(), 4, lanes);
    multiply(factors[2], power.high() ^ power.low(), 8, lanes);
    long mirroredHigh = Long.reverse(power.high());
    long mirroredLow = Long.reverse(power.low());
    multiply(factors[3], mirroredHigh, 12, lanes);
    multiply(factors[4], mirroredLow, 16, lanes);
    multiply(factors[5], mirroredHigh ^ mirroredLow, 20, lanes);
  }

  private void multiply(long[] x, long y, int to, int lanes) {
    for (int each = 0; each < 4; each++) {
      CLASSES.get(each).addProducts(x, y, sums[to + each], lanes);
    }
  }

  private static void class0(long[] x, long y, long[] sum, int lanes) {
    long y0 = y & HOLES;
    long y1 = y & HOLES_1;
    long y2 = y & HOLES_2;
    long y3 = y & HOLES_3;
    for (int i = 0; i < lanes; i++) {
      sum[i] ^= (x[i] & HOLES) * y0 ^ (x[i] & HOLES_1) * y3;
    }
    for (int i = 0; i < lanes; i++) {
      sum[i] ^= (x[i] & HOLES_2) * y2 ^ (x[i] & HOLES_3) * y1;
    }
  }

  private static void class1(long[] x, long y, long[] sum, int lanes) {
    long y0 = y & HOLES;
    long y1 = y & HOLES_1;
    long y2 = y & HOLES_2;
    long y3 = y & HOLES_3;
    for (int i = 0; i < lanes; i++) {
      sum[i] ^= (x[i] & HOLES) * y1 ^ (x[i] & HOLES_1) * y0;
    }
    for (int i = 0; i < lanes; i++) {
      sum[i] ^= (x[i] & HOLES_2) * y3 ^ (x[i] & HOLES_3) * y2;
    }
  }

  private static void class2(long[] x, long y, long[] sum, int lanes) {
    long y0 = y & HOLES;
    long y1 = y & HOLES_1;
    long y2 = y & HOLES_2;
    long y3 = y & HOLES_3;
    for (int i = 0; i < lanes; i++) {
      sum[i] ^= (x[i] & HOLES) * y2 ^ (x[i] & HOLES_1) * y1;
    }
    for (int i = 0; i < lanes; i++) {
      sum[i] ^= (x[i] & HOLES_2) * y0 ^ (x[i] & HOLES_3) * y3;
    }
  }

  private static void class3(long[] x, long y, long[] sum, int lanes) {
    long y0 = y & HOLES;
    long y1 = y & HOLES_1;
    long y2 = y & HOLES_2;
    long y3 = y & HOLES_3;
    for (int i = 0; i < lanes; i++) {
      sum[i] ^= (x[i] & HOLES) * y3 ^ (x[i] & HOLES_1) * y2;
    }
    for (int i = 0; i < lanes; i++) {
      sum[i] ^= (x[i] & HOLES_2) * y1 ^ (x[i] & HOLES_3) * y0;
    }
  }

  /** Takes the sums to the running values, modulo x^128 + x^7 + x^2 + x + 1, and clears them. */
  private void reduce(int lanes) {
    for (int word = 0; word < 6; word++) {
      unite(sums[4 * word], sums[4 * word + 1], sums[4 * word + 2], sums[4 * word + 3], lanes);
    }
    long[] low1 = sums[0];
    long[] low0 = sums[4];
    long[] low2 = sums[8];
    BitReversal.reverse(sums[12], sums[13], lanes);
    BitReversal.reverse(sums[16], sums[17], lanes);
    BitReversal.reverse(sums[20], sums[21], lanes);
    long[] high1 = sums[13];
    long[] high0 = sums[17];
    long[] high2 = sums[21];
    long[] v1 = sums[1];
    long[] v2 = sums[2];
    for (int i = 0; i < lanes; i++) {
      v1[i] = low0[i] ^ low1[i] ^ low2[i] ^ high0[i] >>> 1;
      v2[i] = (high0[i] ^ high1[i] ^ high2[i]) >>> 1 ^ low1[i];
    }
    // 255 coefficients in 256 bits: align them to the top, then reduce.
    for (int i = 0; i < lanes; i++) {
      high[i] = high1[i] >>> 1 << 1 | v2[i] >>> 63;
      v2[i] = v2[i] << 1 | v1[i] >>> 63;
      v1[i] = v1[i] << 1 | low0[i] >>> 63;
      low0[i] = low0[i] << 1;
    }
    for (int i = 0; i < lanes; i++) {
      v2[i] ^= low0[i] ^ low0[i] >>> 1 ^ low0[i] >>> 2 ^ low0[i] >>> 7;
      v1[i] ^= low0[i] << 63 ^ low0[i] << 62 ^ low0[i] << 57;
    }
    for (int i = 0; i < lanes; i++) {
      high[i] ^= v1[i] ^ v1[i] >>> 1 ^ v1[i] >>> 2 ^ v1[i] >>> 7;
      low[i] = v2[i] ^ v1[i] << 63 ^ v1[i] << 62 ^ v1[i] << 57;
    }
    for (long[] sum : sums) {
      Arrays.fill(sum, 0);
    }
  }

  /** Puts together the four classes, into the first. */
  private static void unite(long[] a, long[] b, long[] c, long[] d, int lanes) {
    for (int i = 0; i < lanes; i++) {
      a[i] = (a[i] & HOLES) | (b[i] & HOLES_1) | (c[i] & HOLES_2) | (d[i] & HOLES_3);
    }
  }

  private static void add(long[] a, long[] to, int lanes) {
    for (int i = 0; i < lanes; i++) {
      to[i] ^= a[i];
    }
  }

  private static void add(long[] a, long[] b, long[] to, int lanes) {
    for (int i = 0; i < lanes; i++) {
      to[i] = a[i] ^ b[i];
    }
  }
}
