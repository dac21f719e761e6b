package org.eveproof.authentication;

import java.nio.ByteBuffer;

/**
 * A number modulo the prime p = 2<sup>127</sup> − 1, in digits of 56 bits: low + 2<sup>56</sup>
 * middle + 2<sup>112</sup> high, or anything that this is congruent to.
 *
 * <p>Products leave digits that are a little too long, because the next product can do with them;
 * none is below zero. Neither the flow of control nor any address depends on a number.
 */
record Residue(long low, long middle, long high) {
  static final Residue ZERO = new Residue(0, 0, 0);

  /** Bits of a digit. */
  static final int BITS = 56;

  private static final long DIGIT = (1L << BITS) - 1;

  /** Bits of the highest digit of p. */
  static final int TOP_BITS = 127 - 2 * BITS;

  private static final long TOP_DIGIT = (1L << TOP_BITS) - 1;

  /** Reads a number of 128 bits, big-endian. */
  static Residue of(byte[] bytes) {
    ByteBuffer words = ByteBuffer.wrap(bytes);
    long upper = words.getLong();
    long lower = words.getLong();
    return new Residue(
        lower & DIGIT,
        ((lower >>> BITS) | (upper << (64 - BITS))) & DIGIT,
        upper >>> (2 * BITS - 64));
  }

  /** Returns the sum with a number below 2^112. */
  Residue plus(long addedMiddle, long addedLow) {
    return new Residue(low + addedLow, middle + addedMiddle, high);
  }

  /** Returns the product. */
  Residue times(Multiplier factor) {
    long a0 = factor.lowerOfEven(low, middle, high);
    long a1 = factor.upperOfEven(low, middle, high);
    long b0 = factor.lowerOfOdd(low, middle, high);
    long b1 = factor.upperOfOdd(low, middle, high);
    long top = factor.ofTop(low, middle, high);
    return new Residue(
        Multiplier.low(a0, b0, b1, top),
        Multiplier.middle(a0, a1, b0, b1, top),
        Multiplier.high(a0, a1, b0, top));
  }

  /** Returns the product of reduced digits and 2^56: they move by one, and 2^127 is 1. */
  Residue shifted() {
    return new Residue((middle >> TOP_BITS) + (high << (BITS - TOP_BITS)), low, middle & TOP_DIGIT);
  }

  /** Returns the same number below 2^127 + 2^10: low and middle below 2^56, high at most 2^15. */
  private Residue carried() {
    long y = middle + (low >> BITS);
    long z = high + (y >> BITS);
    long x = (low & DIGIT) + (z >> TOP_BITS);
    y = (y & DIGIT) + (x >> BITS);
    return new Residue(x & DIGIT, y & DIGIT, (z & TOP_DIGIT) + (y >> BITS));
  }

  /** Returns the number from 0 to p − 1. */
  Residue reduced() {
    Residue number = carried();
    long carry = (number.low + 1) >> BITS;
    long atLeastP = (number.high + ((number.middle + carry) >> BITS)) >> TOP_BITS;
    long x = number.low + atLeastP;
    long y = number.middle + (x >> BITS);
    return new Residue(x & DIGIT, y & DIGIT, (number.high + (y >> BITS)) & TOP_DIGIT);
  }

  /** Returns the number from 0 to p − 1 plus another one, modulo 2^128, big-endian. */
  byte[] plusModulo128(byte[] pad) {
    Residue number = reduced();
    Residue added = of(pad);
    long x = number.low + added.low;
    long y = number.middle + added.middle + (x >> BITS);
    long z = number.high + added.high + (y >> BITS);
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong((z << (2 * BITS - 64)) | ((y & DIGIT) >>> (64 - BITS)))
        .putLong((y << BITS) | (x & DIGIT))
        .array();
  }

  /** Shows nothing: a number may be a key. */
  @Override
  public String toString() {
    return "Residue";
  }
}
