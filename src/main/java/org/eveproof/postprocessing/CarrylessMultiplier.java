package org.eveproof.postprocessing;

import java.util.Arrays;

/**
 * Multiplies polynomials over GF(2): Karatsuba's recursion over a comb of four bits. Bit i mod 64
 * of word i / 64 is the coefficient of z^i.
 */
final class CarrylessMultiplier {
  /** Greatest size, in words, at which the comb is faster than to split once more. */
  private static final int COMB_WORDS = 12;

  private final int size;
  private final long[] scratch;
  private final long[] multiples = new long[16 * (COMB_WORDS + 1)];

  /** Prepares for factors of {@code size} words each, at least 1. */
  CarrylessMultiplier(int size) {
    this.size = size;
    int needed = 0;
    for (int n = size; n > COMB_WORDS; n = (n + 1) / 2) {
      needed += 4 * ((n + 1) / 2);
    }
    this.scratch = new long[needed];
  }

  /** Puts a·b, 2·size words, into {@code product}. */
  void multiply(long[] a, long[] b, long[] product) {
    multiply(a, 0, b, 0, size, product, 0, 0);
  }

  /** Overwrites what is left of earlier factors. */
  void wipe() {
    Arrays.fill(scratch, 0);
    Arrays.fill(multiples, 0);
  }

  private void multiply(
      long[] a, int aAt, long[] b, int bAt, int n, long[] product, int at, int free) {
    if (n <= COMB_WORDS) {
      comb(a, aAt, b, bAt, n, product, at);
      return;
    }
    int low = (n + 1) / 2;
    int high = n - low;
    multiply(a, aAt, b, bAt, low, product, at, free);
    multiply(a, aAt + low, b, bAt + low, high, product, at + 2 * low, free);
    int aSum = free;
    int bSum = free + low;
    int middle = free + 2 * low;
    for (int w = 0; w < low; w++) {
      scratch[aSum + w] = a[aAt + w] ^ (w < high ? a[aAt + low + w] : 0);
      scratch[bSum + w] = b[bAt + w] ^ (w < high ? b[bAt + low + w] : 0);
    }
    multiply(scratch, aSum, scratch, bSum, low, scratch, middle, middle + 2 * low);
    for (int w = 0; w < 2 * low; w++) {
      scratch[middle + w] ^= product[at + w] ^ (w < 2 * high ? product[at + 2 * low + w] : 0);
    }
    for (int w = 0; w < 2 * low; w++) {
      product[at + low + w] ^= scratch[middle + w];
    }
  }

  private void comb(long[] a, int aAt, long[] b, int bAt, int n, long[] product, int at) {
    int row = n + 1;
    Arrays.fill(multiples, 0, row, 0);
    System.arraycopy(b, bAt, multiples, row, n);
    multiples[row + n] = 0;
    for (int m = 2; m < 16; m += 2) {
      int half = m / 2 * row;
      long carry = 0;
      for (int w = 0; w < row; w++) {
        long word = multiples[half + w];
        long doubled = word << 1 | carry;
        carry = word >>> 63;
        multiples[m * row + w] = doubled;
        multiples[(m + 1) * row + w] = doubled ^ multiples[row + w];
      }
    }
    Arrays.fill(product, at, at + 2 * n, 0);
    for (int shift = 60; shift >= 0; shift -= 4) {
      for (int w = 2 * n - 1; w > 0; w--) {
        product[at + w] = product[at + w] << 4 | product[at + w - 1] >>> 60;
      }
      product[at] <<= 4;
      for (int j = 0; j < n; j++) {
        int from = (int) (a[aAt + j] >>> shift & 15) * row;
        int to = at + j;
        for (int w = 0; w < row; w++) {
          product[to + w] ^= multiples[from + w];
        }
      }
    }
  }
}
