package org.eveproof.authentication;

/**
 * An element of GF(2<sup>128</sup>) = GF(2)[x]/(x<sup>128</sup> + x<sup>7</sup> + x<sup>2</sup> + x
 * + 1) in the bit order of GHASH: the first word holds the lowest coefficients, most significant
 * bit first.
 *
 * <p>The flow of control and the memory addresses do not depend on the elements: the product of two
 * polynomials is put together from integer products of operands with holes, which swallow the
 * carries (T. Pornin, BearSSL, ghash_ctmul64).
 *
 * @param high coefficients of 1 to x^63
 * @param low coefficients of x^64 to x^127
 */
record GhashElement(long high, long low) {
  private static final long HOLES = 0x1111111111111111L;

  /** Returns the sum. */
  GhashElement plus(long addedHigh, long addedLow) {
    return new GhashElement(high ^ addedHigh, low ^ addedLow);
  }

  /** Returns this to the power of {@code exponent}, a power of 2. */
  GhashElement power(int exponent) {
    GhashElement power = this;
    for (int e = 1; e < exponent; e *= 2) {
      power = power.times(power);
    }
    return power;
  }

  /** Returns the product (Karatsuba). */
  GhashElement times(GhashElement other) {
    long low0 = product(low, other.low);
    long low1 = product(high, other.high);
    long low2 = product(low ^ high, other.low ^ other.high) ^ low0 ^ low1;
    long lowMirrored = Long.reverse(low);
    long highMirrored = Long.reverse(high);
    long otherLow = Long.reverse(other.low);
    long otherHigh = Long.reverse(other.high);
    long high0 = product(lowMirrored, otherLow);
    long high1 = product(highMirrored, otherHigh);
    long high2 = product(lowMirrored ^ highMirrored, otherLow ^ otherHigh) ^ high0 ^ high1;
    // The upper half of a product is the lower half of the product of the mirrored factors.
    high0 = Long.reverse(high0) >>> 1;
    high1 = Long.reverse(high1) >>> 1;
    high2 = Long.reverse(high2) >>> 1;
    long v0 = low0;
    long v1 = high0 ^ low2;
    long v2 = low1 ^ high2;
    long v3 = high1;
    // 255 coefficients in 256 bits: align them to the top, then reduce.
    v3 = v3 << 1 | v2 >>> 63;
    v2 = v2 << 1 | v1 >>> 63;
    v1 = v1 << 1 | v0 >>> 63;
    v0 = v0 << 1;
    v2 ^= v0 ^ v0 >>> 1 ^ v0 >>> 2 ^ v0 >>> 7;
    v1 ^= v0 << 63 ^ v0 << 62 ^ v0 << 57;
    v3 ^= v1 ^ v1 >>> 1 ^ v1 >>> 2 ^ v1 >>> 7;
    v2 ^= v1 << 63 ^ v1 << 62 ^ v1 << 57;
    return new GhashElement(v3, v2);
  }

  /** Returns the low 64 coefficients of the product of two polynomials over GF(2). */
  private static long product(long x, long y) {
    long x0 = x & HOLES;
    long x1 = x & (HOLES << 1);
    long x2 = x & (HOLES << 2);
    long x3 = x & (HOLES << 3);
    long y0 = y & HOLES;
    long y1 = y & (HOLES << 1);
    long y2 = y & (HOLES << 2);
    long y3 = y & (HOLES << 3);
    long z0 = x0 * y0 ^ x1 * y3 ^ x2 * y2 ^ x3 * y1;
    long z1 = x0 * y1 ^ x1 * y0 ^ x2 * y3 ^ x3 * y2;
    long z2 = x0 * y2 ^ x1 * y1 ^ x2 * y0 ^ x3 * y3;
    long z3 = x0 * y3 ^ x1 * y2 ^ x2 * y1 ^ x3 * y0;
    return (z0 & HOLES) | (z1 & (HOLES << 1)) | (z2 & (HOLES << 2)) | (z3 & (HOLES << 3));
  }

  /** Shows nothing: an element may be a key. */
  @Override
  public String toString() {
    return "GhashElement";
  }
}
