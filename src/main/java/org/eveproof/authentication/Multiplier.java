package org.eveproof.authentication;

/**
 * A factor modulo 2<sup>127</sup> − 1 that many numbers are multiplied by, prepared for sums of
 * products that are reduced once.
 *
 * <p>A digit d of weight 2<sup>56j</sup> is multiplied by c = 2<sup>56j</sup> times the factor, a
 * number of 127 bits: even + 2<sup>63</sup> odd + 2<sup>126</sup> top. The products with the even
 * halves are summed, so are those with the odd ones, and so are the digits whose top is 1. Nothing
 * is below zero: {@link Math#multiplyHigh} asks for signs where it is not compiled to one
 * instruction.
 *
 * <p>A sum S of products of digits and halves is kept in two words, neither of which needs a carry:
 * S modulo 2<sup>64</sup>, and the sum of ⌊d·half/2<sup>60</sup>⌋. The second is too small by less
 * than the number of products, so that with at most 16 of them the 4 bits that both words have in
 * common say by how much. It does not overflow as long as the digits add up to no more than
 * 16·2<sup>56</sup>.
 */
final class Multiplier {
  /** Bits that the two words of a sum have in common. */
  private static final int OVERLAP = 4;

  private static final int BITS = Residue.BITS;
  private static final long DIGIT = (1L << BITS) - 1;

  /** Bits of a half. */
  private static final int HALF = 63;

  private long even0;
  private long odd0;
  private long top0;
  private long even1;
  private long odd1;
  private long top1;
  private long even2;
  private long odd2;
  private long top2;

  /** Prepares a factor, which stays as it is. */
  Multiplier(Residue factor) {
    Residue digits = factor.copy().reduce();
    even0 = even(digits);
    odd0 = odd(digits);
    top0 = top(digits);
    digits.shift().reduce();
    even1 = even(digits);
    odd1 = odd(digits);
    top1 = top(digits);
    digits.shift().reduce();
    even2 = even(digits);
    odd2 = odd(digits);
    top2 = top(digits);
    digits.wipe();
  }

  /** Overwrites the factor. */
  void wipe() {
    even0 = 0;
    odd0 = 0;
    top0 = 0;
    even1 = 0;
    odd1 = 0;
    top1 = 0;
    even2 = 0;
    odd2 = 0;
    top2 = 0;
  }

  private static long even(Residue factor) {
    return (factor.low() | (factor.middle() << BITS)) & Long.MAX_VALUE;
  }

  private static long odd(Residue factor) {
    return ((factor.middle() >> (HALF - BITS)) | (factor.high() << (2 * BITS - HALF)))
        & Long.MAX_VALUE;
  }

  /** Returns a mask: all ones if bit 126 is 1. */
  private static long top(Residue factor) {
    return -(factor.high() >> (2 * HALF - 2 * BITS));
  }

  long lowerOfEven(long low, long middle) {
    return low * even0 + middle * even1;
  }

  long upperOfEven(long low, long middle) {
    return upper(low, even0) + upper(middle, even1);
  }

  long lowerOfOdd(long low, long middle) {
    return low * odd0 + middle * odd1;
  }

  long upperOfOdd(long low, long middle) {
    return upper(low, odd0) + upper(middle, odd1);
  }

  long ofTop(long low, long middle) {
    return (low & top0) + (middle & top1);
  }

  long lowerOfEven(long low, long middle, long high) {
    return lowerOfEven(low, middle) + high * even2;
  }

  long upperOfEven(long low, long middle, long high) {
    return upperOfEven(low, middle) + upper(high, even2);
  }

  long lowerOfOdd(long low, long middle, long high) {
    return lowerOfOdd(low, middle) + high * odd2;
  }

  long upperOfOdd(long low, long middle, long high) {
    return upperOfOdd(low, middle) + upper(high, odd2);
  }

  long ofTop(long low, long middle, long high) {
    return ofTop(low, middle) + (high & top2);
  }

  private static long upper(long digit, long half) {
    return Math.multiplyHigh(digit << OVERLAP, half);
  }

  /** Returns ⌊S / 2^64⌋ of a sum in two words. */
  private static long quotient(long lower, long upper) {
    long missing = ((lower >>> (64 - OVERLAP)) - upper) & ((1L << OVERLAP) - 1);
    return (upper + missing) >>> OVERLAP;
  }

  /*
   * The digits of E + 2^63 O + 2^126 T, from the two words of the sums E and O: with their quotients
   * e and o, below 2^59, and T below 2^60 it is congruent to
   * (E mod 2^64) + o + ⌊T / 2⌋ + 2^63 (O mod 2^64) + 2^64 e + 2^126 (T mod 2).
   */

  static long low(long lowerE, long lowerO, long upperO, long top) {
    return units(lowerE, lowerO, upperO, top) & DIGIT;
  }

  static long middle(long lowerE, long upperE, long lowerO, long upperO, long top) {
    return (units(lowerE, lowerO, upperO, top) >>> BITS)
        + ((lowerE >>> 60) << (60 - BITS))
        + ((lowerO << (HALF - BITS)) & DIGIT)
        + ((quotient(lowerE, upperE) << (64 - BITS)) & DIGIT);
  }

  static long high(long lowerE, long upperE, long lowerO, long top) {
    return (lowerO >>> (2 * BITS - HALF))
        + (quotient(lowerE, upperE) >>> (2 * BITS - 64))
        + ((top & 1) << (2 * HALF - 2 * BITS));
  }

  /** All but the four top bits of E mod 2^64, plus o, plus ⌊T / 2⌋. */
  private static long units(long lowerE, long lowerO, long upperO, long top) {
    return (lowerE & (-1L >>> 4)) + quotient(lowerO, upperO) + (top >>> 1);
  }
}
