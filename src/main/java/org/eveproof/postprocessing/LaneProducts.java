package org.eveproof.postprocessing;

import java.util.Arrays;
import java.util.List;
import org.eveproof.protocol.BitReversal;

/**
 * Multiplies many pairs of elements of GF(2)[x]/(x<sup>2L</sup> + x<sup>L</sup> + 1) at once, pair
 * by pair: word w of all factors lies in one array, so that the virtual machine can use vector
 * instructions.
 *
 * <p>Neither the flow of control nor any address depends on what is multiplied: products of two
 * words are put together from integer products of operands with holes, which swallow the carries
 * (T. Pornin, BearSSL, ghash_ctmul64). Those give the lower 64 coefficients; the upper ones are the
 * lower ones of the product of the mirrored words. So Karatsuba's recursion runs twice over
 * GF(2)[x]/x<sup>64</sup>, and what it gives is mirrored once at the end.
 */
final class LaneProducts {
  /** Pairs that are multiplied at once: two kilobytes to an array. */
  private static final int LANES = 256;

  private static final long HOLES = 0x1111111111111111L;
  private static final long HOLES_1 = HOLES << 1;
  private static final long HOLES_2 = HOLES << 2;
  private static final long HOLES_3 = HOLES << 3;

  /**
   * The coefficients of z^i with i mod 4 = 0, 1, 2 and 3. Four methods that are called through one
   * interface are compiled each by itself. The virtual machine does not turn all of their loops
   * into vectors when they are in one method, nor four products in one loop.
   */
  private static final List<CoefficientClass> CLASSES =
      List.of(
          LaneProducts::class0, LaneProducts::class1, LaneProducts::class2, LaneProducts::class3);

  private interface CoefficientClass {
    void multiply(long[] x, long[] y, long[] part, long[] z);
  }

  private final int bits;
  private final int words;
  private final long mask;
  private final long[] partial = new long[LANES];
  private final long[][] scratch;
  private final long[][] x;
  private final long[][] y;
  private final long[][] lowPart;
  private final long[][] highPart;

  /** The products of the lower halves, of the upper halves, and of the sums of both. */
  private final long[][][] products;

  /** Prepares for elements of 2·L bits. */
  LaneProducts(int bits) {
    this.bits = bits;
    this.words = (bits + 63) >>> 6;
    this.mask = -1L >>> -bits;
    int needed = 0;
    for (int n = words; n > 1; n = (n + 1) / 2) {
      needed += 4 * ((n + 1) / 2);
    }
    this.scratch = new long[needed][LANES];
    this.x = new long[words][LANES];
    this.y = new long[words][LANES];
    this.lowPart = new long[2 * words][LANES];
    this.highPart = new long[2 * words][LANES];
    this.products = new long[3][2 * words + 1][LANES];
  }

  /** Multiplies each element of {@code a} by that of {@code b}. */
  void multiply(TernaryTransform a, TernaryTransform b) {
    for (int from = 0; from < a.count(); from += LANES) {
      int lanes = Math.min(LANES, a.count() - from);
      for (int which = 0; which < 3; which++) {
        gather(a, from, lanes, which, x);
        gather(b, from, lanes, which, y);
        multiply(products[which]);
      }
      scatter(a, from, lanes);
    }
  }

  /** Overwrites what is left of the factors. */
  void wipe() {
    Arrays.fill(partial, 0);
    for (long[][] arrays : new long[][][] {scratch, x, y, lowPart, highPart}) {
      wipe(arrays);
    }
    for (long[][] product : products) {
      wipe(product);
    }
  }

  private static void wipe(long[][] arrays) {
    for (long[] array : arrays) {
      Arrays.fill(array, 0);
    }
  }

  private void gather(TernaryTransform t, int from, int lanes, int which, long[][] to) {
    for (int lane = 0; lane < lanes; lane++) {
      long[] low = t.low(from + lane);
      long[] high = t.high(from + lane);
      for (int w = 0; w < words; w++) {
        to[w][lane] = which == 0 ? low[w] : which == 1 ? high[w] : low[w] ^ high[w];
      }
    }
  }

  /** Puts x·y into {@code product}. */
  private void multiply(long[][] product) {
    karatsuba(x, 0, y, 0, words, lowPart, 0, 0);
    for (int w = 0; w < words; w++) {
      BitReversal.reverse(x[w], x[w], LANES);
      BitReversal.reverse(y[w], y[w], LANES);
    }
    karatsuba(x, 0, y, 0, words, highPart, 0, 0);
    System.arraycopy(lowPart[0], 0, product[0], 0, LANES);
    for (int w = 1; w < 2 * words; w++) {
      BitReversal.reverse(highPart[w - 1], highPart[w - 1], LANES);
      long[] to = product[w];
      long[] low = lowPart[w];
      long[] high = highPart[w - 1];
      if (w == 2 * words - 1) {
        Arrays.fill(low, 0);
      }
      for (int i = 0; i < LANES; i++) {
        to[i] = low[i] ^ high[i] >>> 1;
      }
    }
  }

  /**
   * With A, B, C the products of the lower halves, the upper halves, the sums: element = (A + B mod
   * x^L) + (A + C div x^L), plus x^L times (A + C mod x^L) + (B + C div x^L).
   */
  private void scatter(TernaryTransform t, int from, int lanes) {
    int down = bits >>> 6;
    int right = bits & 63;
    for (int lane = 0; lane < lanes; lane++) {
      long[] low = t.low(from + lane);
      long[] high = t.high(from + lane);
      long[][] pA = products[0];
      long[][] pB = products[1];
      long[][] pC = products[2];
      for (int w = 0; w < words; w++) {
        long a = pA[w][lane];
        long b = pB[w][lane];
        long c = pC[w][lane];
        long aUp = pA[w + down][lane] >>> right | pA[w + down + 1][lane] << 1 << (63 - right);
        long bUp = pB[w + down][lane] >>> right | pB[w + down + 1][lane] << 1 << (63 - right);
        long cUp = pC[w + down][lane] >>> right | pC[w + down + 1][lane] << 1 << (63 - right);
        low[w] = a ^ b ^ aUp ^ cUp;
        high[w] = a ^ c ^ bUp ^ cUp;
      }
      low[words - 1] &= mask;
      high[words - 1] &= mask;
    }
  }

  /** Puts the 2n − 1 coefficients of a·b, polynomials over GF(2)[x]/x^64, into {@code product}. */
  private void karatsuba(
      long[][] a, int aAt, long[][] b, int bAt, int n, long[][] product, int at, int free) {
    if (n == 1) {
      lowerProduct(a[aAt], b[bAt], product[at]);
      return;
    }
    int low = (n + 1) / 2;
    int high = n - low;
    karatsuba(a, aAt, b, bAt, low, product, at, free);
    karatsuba(a, aAt + low, b, bAt + low, high, product, at + 2 * low, free);
    int bSum = free + low;
    int middle = free + 2 * low;
    for (int w = 0; w < low; w++) {
      if (w < high) {
        sum(a[aAt + w], a[aAt + low + w], scratch[free + w]);
        sum(b[bAt + w], b[bAt + low + w], scratch[bSum + w]);
      } else {
        System.arraycopy(a[aAt + w], 0, scratch[free + w], 0, LANES);
        System.arraycopy(b[bAt + w], 0, scratch[bSum + w], 0, LANES);
      }
    }
    karatsuba(scratch, free, scratch, bSum, low, scratch, middle, middle + 2 * low);
    for (int w = 0; w < 2 * low - 1; w++) {
      if (w < 2 * high - 1) {
        add(product[at + w], product[at + 2 * low + w], scratch[middle + w]);
      } else {
        add(product[at + w], scratch[middle + w]);
      }
    }
    for (int w = 0; w < 2 * low - 1; w++) {
      if (w == low - 1) {
        System.arraycopy(scratch[middle + w], 0, product[at + low + w], 0, LANES);
      } else {
        add(scratch[middle + w], product[at + low + w]);
      }
    }
  }

  private static void sum(long[] a, long[] b, long[] to) {
    for (int i = 0; i < LANES; i++) {
      to[i] = a[i] ^ b[i];
    }
  }

  private static void add(long[] a, long[] to) {
    for (int i = 0; i < LANES; i++) {
      to[i] ^= a[i];
    }
  }

  private static void add(long[] a, long[] b, long[] to) {
    for (int i = 0; i < LANES; i++) {
      to[i] ^= a[i] ^ b[i];
    }
  }

  /** Puts the lower 64 coefficients of x·y into z. */
  private void lowerProduct(long[] x, long[] y, long[] z) {
    for (CoefficientClass each : CLASSES) {
      each.multiply(x, y, partial, z);
    }
  }

  private static void class0(long[] x, long[] y, long[] part, long[] z) {
    for (int i = 0; i < LANES; i++) {
      part[i] = (x[i] & HOLES) * (y[i] & HOLES) ^ (x[i] & HOLES_1) * (y[i] & HOLES_3);
    }
    for (int i = 0; i < LANES; i++) {
      z[i] =
          (part[i] ^ (x[i] & HOLES_2) * (y[i] & HOLES_2) ^ (x[i] & HOLES_3) * (y[i] & HOLES_1))
              & HOLES;
    }
  }

  private static void class1(long[] x, long[] y, long[] part, long[] z) {
    for (int i = 0; i < LANES; i++) {
      part[i] = (x[i] & HOLES) * (y[i] & HOLES_1) ^ (x[i] & HOLES_1) * (y[i] & HOLES);
    }
    for (int i = 0; i < LANES; i++) {
      z[i] |=
          (part[i] ^ (x[i] & HOLES_2) * (y[i] & HOLES_3) ^ (x[i] & HOLES_3) * (y[i] & HOLES_2))
              & HOLES_1;
    }
  }

  /**
   * The products of equal classes are taken from shifted factors: C2 of JDK 25.0.3 makes wrong code
   * of {@code (x & HOLES_1) * (y & HOLES_1)} and its like here, in vectors, with the masks alike.
   */
  private static void class2(long[] x, long[] y, long[] part, long[] z) {
    for (int i = 0; i < LANES; i++) {
      part[i] =
          ((x[i] & HOLES) * (y[i] & HOLES_2)) ^ (((x[i] & HOLES_1) * ((y[i] >>> 1) & HOLES)) << 1);
    }
    for (int i = 0; i < LANES; i++) {
      z[i] |=
          (part[i]
                  ^ ((x[i] & HOLES_2) * (y[i] & HOLES))
                  ^ (((x[i] & HOLES_3) * ((y[i] >>> 3) & HOLES)) << 3))
              & HOLES_2;
    }
  }

  private static void class3(long[] x, long[] y, long[] part, long[] z) {
    for (int i = 0; i < LANES; i++) {
      part[i] = (x[i] & HOLES) * (y[i] & HOLES_3) ^ (x[i] & HOLES_1) * (y[i] & HOLES_2);
    }
    for (int i = 0; i < LANES; i++) {
      z[i] |=
          (part[i] ^ (x[i] & HOLES_2) * (y[i] & HOLES_1) ^ (x[i] & HOLES_3) * (y[i] & HOLES))
              & HOLES_3;
    }
  }
}
