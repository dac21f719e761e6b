package org.eveproof.authentication;

import java.nio.ByteBuffer;

/**
 * A number modulo the prime p = 2<sup>127</sup> − 1, in digits of 56 bits: low + 2<sup>56</sup>
 * middle + 2<sup>112</sup> high, or anything that this is congruent to.
 *
 * <p>Products leave digits that are a little too long, because the next product can do with them;
 * none is below zero. Neither the flow of control nor any address depends on a number.
 *
 * <p>A number is changed where it is, and overwritten in the end, so that none that a key can be
 * computed from stays in memory.
 */
final class Residue {
  /** Bits of a digit. */
  static final int BITS = 56;

  private static final long DIGIT = (1L << BITS) - 1;

  /** Bits of the highest digit of p. */
  static final int TOP_BITS = 127 - 2 * BITS;

  private static final long TOP_DIGIT = (1L << TOP_BITS) - 1;

  private long low;
  private long middle;
  private long high;

  Residue(long low, long middle, long high) {
    set(low, middle, high);
  }

  private Residue set(long newLow, long newMiddle, long newHigh) {
    low = newLow;
    middle = newMiddle;
    high = newHigh;
    return this;
  }

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

  long low() {
    return low;
  }

  long middle() {
    return middle;
  }

  long high() {
    return high;
  }

  Residue copy() {
    return new Residue(low, middle, high);
  }

  /** Overwrites the number. */
  void wipe() {
    set(0, 0, 0);
  }

  /** Adds a number below 2^112, and returns this. */
  Residue add(long addedMiddle, long addedLow) {
    return set(low + addedLow, middle + addedMiddle, high);
  }

  /** Multiplies, and returns this. */
  Residue multiply(Multiplier factor) {
    long a0 = factor.lowerOfEven(low, middle, high);
    long a1 = factor.upperOfEven(low, middle, high);
    long b0 = factor.lowerOfOdd(low, middle, high);
    long b1 = factor.upperOfOdd(low, middle, high);
    long top = factor.ofTop(low, middle, high);
    return set(
        Multiplier.low(a0, b0, b1, top),
        Multiplier.middle(a0, a1, b0, b1, top),
        Multiplier.high(a0, a1, b0, top));
  }

  /** Multiplies reduced digits by 2^56, and returns this: they move by one, and 2^127 is 1. */
  Residue shift() {
    return set((middle >> TOP_BITS) + (high << (BITS - TOP_BITS)), low, middle & TOP_DIGIT);
  }

  /** Leaves the same number below 2^127 + 2^10: low and middle below 2^56, high at most 2^15. */
  private void carry() {
    long y = middle + (low >> BITS);
    long z = high + (y >> BITS);
    long x = (low & DIGIT) + (z >> TOP_BITS);
    y = (y & DIGIT) + (x >> BITS);
    set(x & DIGIT, y & DIGIT, (z & TOP_DIGIT) + (y >> BITS));
  }

  /** Leaves the number from 0 to p − 1, and returns this. */
  Residue reduce() {
    carry();
    long carry = (low + 1) >> BITS;
    long atLeastP = (high + ((middle + carry) >> BITS)) >> TOP_BITS;
    long x = low + atLeastP;
    long y = middle + (x >> BITS);
    return set(x & DIGIT, y & DIGIT, (high + (y >> BITS)) & TOP_DIGIT);
  }

  /**
   * Returns the number from 0 to p − 1 plus another one, modulo 2^128, big-endian, and overwrites
   * the first.
   */
  byte[] plusModulo128(byte[] pad) {
    reduce();
    Residue added = of(pad);
    long x = low + added.low;
    long y = middle + added.middle + (x >> BITS);
    long z = high + added.high + (y >> BITS);
    added.wipe();
    wipe();
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
