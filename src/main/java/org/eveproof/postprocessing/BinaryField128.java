package org.eveproof.postprocessing;

/**
 * A sum in GF(2)[x]/(x<sup>128</sup> + x<sup>7</sup> + x<sup>2</sup> + x + 1) that is multiplied by
 * one and the same element again and again: Horner's rule.
 *
 * <p>Neither the flow of control nor any address depends on the elements: products of two words are
 * put together from integer products of operands with holes, which swallow the carries (T. Pornin,
 * BearSSL, ghash_ctmul64). Those give the lower 64 coefficients; the upper ones are the lower ones
 * of the product of the mirrored words.
 */
final class BinaryField128 {
  private static final long HOLES = 0x1111111111111111L;
  private static final long HOLES_1 = HOLES << 1;
  private static final long HOLES_2 = HOLES << 2;
  private static final long HOLES_3 = HOLES << 3;

  private final long factorLow;
  private final long factorHigh;
  private final long mirroredLow;
  private final long mirroredHigh;
  private long low;
  private long high;

  /**
   * Begins with zero.
   *
   * @param factorLow coefficients of 1 to x^63 of the element that is multiplied by
   * @param factorHigh those of x^64 to x^127
   */
  BinaryField128(long factorLow, long factorHigh) {
    this.factorLow = factorLow;
    this.factorHigh = factorHigh;
    this.mirroredLow = Long.reverse(factorLow);
    this.mirroredHigh = Long.reverse(factorHigh);
  }

  /** Returns the coefficients of the sum, those of 1 to x^63 first. */
  long[] words() {
    return new long[] {low, high};
  }

  /** Adds an element, and multiplies the sum (Karatsuba). */
  void addAndMultiply(long addedLow, long addedHigh) {
    long a = low ^ addedLow;
    long b = high ^ addedHigh;
    long aMirrored = Long.reverse(a);
    long bMirrored = Long.reverse(b);
    long low0 = product(a, factorLow);
    long low2 = product(b, factorHigh);
    long low1 = product(a ^ b, factorLow ^ factorHigh) ^ low0 ^ low2;
    long high0 = product(aMirrored, mirroredLow);
    long high2 = product(bMirrored, mirroredHigh);
    long high1 = product(aMirrored ^ bMirrored, mirroredLow ^ mirroredHigh) ^ high0 ^ high2;
    // Words of the product: two words have 127 coefficients.
    long w1 = low1 ^ Long.reverse(high0) >>> 1;
    long w2 = low2 ^ Long.reverse(high1) >>> 1;
    long w3 = Long.reverse(high2) >>> 1;
    // x^128 = x^7 + x^2 + x + 1; what x^192 and above lift beyond x^127 comes round once more.
    w2 ^= w3 >>> 63 ^ w3 >>> 62 ^ w3 >>> 57;
    high = w1 ^ w3 ^ w3 << 1 ^ w3 << 2 ^ w3 << 7 ^ w2 >>> 63 ^ w2 >>> 62 ^ w2 >>> 57;
    low = low0 ^ w2 ^ w2 << 1 ^ w2 << 2 ^ w2 << 7;
  }

  /** Returns the lower 64 coefficients of the product of two polynomials over GF(2). */
  private static long product(long x, long y) {
    long x0 = x & HOLES;
    long x1 = x & HOLES_1;
    long x2 = x & HOLES_2;
    long x3 = x & HOLES_3;
    long y0 = y & HOLES;
    long y1 = y & HOLES_1;
    long y2 = y & HOLES_2;
    long y3 = y & HOLES_3;
    return ((x0 * y0 ^ x1 * y3 ^ x2 * y2 ^ x3 * y1) & HOLES)
        | ((x0 * y1 ^ x1 * y0 ^ x2 * y3 ^ x3 * y2) & HOLES_1)
        | ((x0 * y2 ^ x1 * y1 ^ x2 * y0 ^ x3 * y3) & HOLES_2)
        | ((x0 * y3 ^ x1 * y2 ^ x2 * y1 ^ x3 * y0) & HOLES_3);
  }
}
