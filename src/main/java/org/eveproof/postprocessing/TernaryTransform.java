package org.eveproof.postprocessing;

import java.util.Arrays;

/**
 * The fast Fourier transform of Schönhage over R = GF(2)[x]/(x<sup>2L</sup> + x<sup>L</sup> + 1).
 *
 * <p>In R the powers of x are the roots of unity: ω = x<sup>L</sup> is a primitive third one, and w
 * = x<sup>3L/K</sup> one of order K, K a power of 3 that divides 3L. So the transform of K elements
 * consists of shifts and exclusive ors, and is exact. K is odd, so that nothing is to be divided by
 * at the end.
 *
 * <p>An element u + v·ω is held as two arrays of L bits, and ω² = 1 + ω: to multiply by ω turns the
 * triple (u, v, u + v) into (v, u + v, u).
 *
 * @see <a href="https://doi.org/10.1007/BF00289470">Schönhage, Acta Informatica 7 (1977)
 *     395-398</a>
 */
final class TernaryTransform {
  private final int bits;
  private final int words;
  private final long mask;
  private final long[][] low;
  private final long[][] high;

  /** The parts u, v, u + v of two elements under way, with one more word, zero, behind each. */
  private final long[][] second;

  private final long[][] third;

  /**
   * Prepares K elements, all zero.
   *
   * @param count K, a power of 3
   * @param bits L, a multiple of K / 3
   */
  TernaryTransform(int count, int bits) {
    this.bits = bits;
    this.words = (bits + 63) >>> 6;
    this.mask = -1L >>> -bits;
    this.low = new long[count][words + 1];
    this.high = new long[count][words + 1];
    this.second = new long[3][words + 1];
    this.third = new long[3][words + 1];
  }

  /** Returns the number of elements, K. */
  int count() {
    return low.length;
  }

  /** Returns L. */
  int bits() {
    return bits;
  }

  /** Returns the coefficients of 1 to x^(L − 1) of an element, to be read and written. */
  long[] low(int element) {
    return low[element];
  }

  /** Returns the coefficients of x^L to x^(2L − 1) of an element, to be read and written. */
  long[] high(int element) {
    return high[element];
  }

  /** Transforms in place; what comes out is in the order of reversed ternary digits. */
  void forward() {
    forward(0, low.length);
  }

  /** Takes {@link #forward} back. */
  void inverse() {
    inverse(0, low.length);
  }

  /** Overwrites all elements. */
  void wipe() {
    for (int e = 0; e < low.length; e++) {
      Arrays.fill(low[e], 0);
      Arrays.fill(high[e], 0);
    }
    for (int i = 0; i < 3; i++) {
      Arrays.fill(second[i], 0);
      Arrays.fill(third[i], 0);
    }
  }

  private void forward(int from, int size) {
    if (size == 1) {
      return;
    }
    int part = size / 3;
    int step = 3 * bits / size;
    for (int j = 0; j < part; j++) {
      int b = from + part + j;
      int c = b + part;
      split(low[from + j], high[from + j], low[b], high[b], low[c], high[c]);
      times(second, j * step, low[b], high[b]);
      times(third, 2 * j * step, low[c], high[c]);
    }
    for (int i = 0; i < 3; i++) {
      forward(from + i * part, part);
    }
  }

  private void inverse(int from, int size) {
    if (size == 1) {
      return;
    }
    int part = size / 3;
    int step = 3 * bits / size;
    for (int i = 0; i < 3; i++) {
      inverse(from + i * part, part);
    }
    for (int j = 0; j < part; j++) {
      int b = from + part + j;
      int c = b + part;
      if (j > 0) {
        load(second, low[b], high[b]);
        times(second, 3 * bits - j * step, low[b], high[b]);
        load(third, low[c], high[c]);
        times(third, 3 * bits - 2 * j * step, low[c], high[c]);
      }
      join(low[from + j], high[from + j], low[b], high[b], low[c], high[c]);
    }
  }

  /** Puts a + b + c in place of a, a + ωb + ω²c into second, a + ω²b + ωc into third. */
  private void split(long[] a0, long[] a1, long[] b0, long[] b1, long[] c0, long[] c1) {
    long[] d0 = second[0];
    long[] d1 = second[1];
    long[] d2 = second[2];
    long[] e0 = third[0];
    long[] e1 = third[1];
    long[] e2 = third[2];
    for (int w = 0; w < words; w++) {
      long inner = b1[w] ^ c0[w];
      long outer = b0[w] ^ c1[w];
      long dLow = a0[w] ^ inner ^ c1[w];
      long dHigh = a1[w] ^ inner ^ b0[w];
      long eLow = a0[w] ^ outer ^ b1[w];
      long eHigh = a1[w] ^ outer ^ c0[w];
      a0[w] ^= b0[w] ^ c0[w];
      a1[w] ^= b1[w] ^ c1[w];
      d0[w] = dLow;
      d1[w] = dHigh;
      d2[w] = dLow ^ dHigh;
      e0[w] = eLow;
      e1[w] = eHigh;
      e2[w] = eLow ^ eHigh;
    }
  }

  /** Puts a + b + c in place of a, a + ω²b + ωc in place of b, a + ωb + ω²c in place of c. */
  private void join(long[] a0, long[] a1, long[] b0, long[] b1, long[] c0, long[] c1) {
    for (int w = 0; w < words; w++) {
      long inner = b1[w] ^ c0[w];
      long outer = b0[w] ^ c1[w];
      long newC0 = a0[w] ^ inner ^ c1[w];
      long newC1 = a1[w] ^ inner ^ b0[w];
      long newB0 = a0[w] ^ outer ^ b1[w];
      long newB1 = a1[w] ^ outer ^ c0[w];
      a0[w] ^= b0[w] ^ c0[w];
      a1[w] ^= b1[w] ^ c1[w];
      b0[w] = newB0;
      b1[w] = newB1;
      c0[w] = newC0;
      c1[w] = newC1;
    }
  }

  private void load(long[][] to, long[] u, long[] v) {
    long[] toU = to[0];
    long[] toV = to[1];
    long[] sum = to[2];
    for (int w = 0; w < words; w++) {
      toU[w] = u[w];
      toV[w] = v[w];
      sum[w] = u[w] ^ v[w];
    }
  }

  /** Puts an element times x^power, power from 0 to 3L − 1, into the arrays given. */
  private void times(long[][] element, int power, long[] toLow, long[] toHigh) {
    int turns = power / bits;
    int by = power - turns * bits;
    long[] u = element[turns];
    long[] v = element[(turns + 1) % 3];
    long[] sum = element[(turns + 2) % 3];
    shift(u, v, by, toLow);
    shift(v, sum, by, toHigh);
  }

  /** Puts the lower L bits of a shifted up, and what a shift lifts b above L bits, into one. */
  private void shift(long[] a, long[] b, int by, long[] to) {
    int up = by >>> 6;
    int left = by & 63;
    int rest = bits - by;
    int down = rest >>> 6;
    int right = rest & 63;
    for (int w = 0; w < up; w++) {
      to[w] = b[w + down] >>> right | b[w + down + 1] << 1 << (63 - right);
    }
    long lifted = left == 0 ? 0 : b[up + down] >>> right | b[up + down + 1] << 1 << (63 - right);
    to[up] = lifted | a[0] << left;
    for (int w = up + 1; w < words; w++) {
      to[w] = a[w - up] << left | a[w - up - 1] >>> 1 >>> (63 - left);
    }
    to[words - 1] &= mask;
  }
}
