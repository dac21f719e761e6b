package org.eveproof.authentication;

/**
 * A factor modulo 2<sup>127</sup> − 1 that many numbers are multiplied by, prepared for sums of
 * products that are reduced once.
 *
 * <p>A digit d of weight 2<sup>56j</sup> is multiplied by c = 2<sup>56j</sup> times the factor,
 * which is written as even + 2<sup>64</sup> odd with |even| ≤ 2<sup>63</sup> and |odd| ≤
 * 2<sup>62</sup>. The products with the even halves are summed, and so are those with the odd ones.
 *
 * <p>Such a sum S of products d·c is kept in two words, neither of which needs a carry: S modulo
 * 2<sup>64</sup>, and the sum of ⌊d·c/2<sup>60</sup>⌋. The second is too small by less than the
 * number of products, so that with at most 16 of them the 4 bits that both words have in common say
 * by how much. It does not overflow as long as the digits add up to less than 16·2<sup>56</sup>.
 */
final class Multiplier {
  /** Bits that the two words of a sum have in common. */
  private static final int OVERLAP = 4;

  private static final int BITS = Residue.BITS;
  private static final long DIGIT = (1L << BITS) - 1;

  private long even0;
  private long odd0;
  private long even1;
  private long odd1;
  private long even2;
  private long odd2;

  /** Prepares a factor. */
  Multiplier(Residue factor) {
    Residue digits = factor.carried();
    even0 = even(digits);
    odd0 = odd(digits);
    digits = digits.shifted().carried();
    even1 = even(digits);
    odd1 = odd(digits);
    digits = digits.shifted().carried();
    even2 = even(digits);
    odd2 = odd(digits);
  }

  /** Overwrites the factor. */
  void wipe() {
    even0 = 0;
    odd0 = 0;
    even1 = 0;
    odd1 = 0;
    even2 = 0;
    odd2 = 0;
  }

  /** Whether 2^127 − 1 is taken away, which leaves a number from −2^126 to 2^126. */
  private static long balance(Residue factor) {
    return factor.high() + (1L << 14) >> 15;
  }

  private static long even(Residue factor) {
    return factor.low() + balance(factor) + (factor.middle() << BITS);
  }

  private static long odd(Residue factor) {
    long low = factor.low() + balance(factor);
    long middle = factor.middle() + (low >> BITS);
    long high = factor.high() - (balance(factor) << 15);
    return (high << 2 * BITS - 64) + (middle >> 64 - BITS) + (even(factor) >>> 63);
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

  private static long upper(long digit, long half) {
    return Math.multiplyHigh(digit << OVERLAP, half);
  }

  /** Returns ⌊S / 2^64⌋ of a sum in two words. */
  private static long quotient(long lower, long upper) {
    long missing = (lower >>> 64 - OVERLAP) - upper & (1L << OVERLAP) - 1;
    return upper + missing >> OVERLAP;
  }

  /*
   * The digits of E + 2^64 O, from the two words of the sums E and O: with their quotients e and o,
   * below 2^59 in size, it is congruent to (E mod 2^64) + 2 o + 2^64 ((O mod 2^64) + e).
   */

  static long low(long lowerE, long upperE, long lowerO, long upperO) {
    return units(lowerE, lowerO, upperO) & DIGIT;
  }

  static long middle(long lowerE, long upperE, long lowerO, long upperO) {
    return (units(lowerE, lowerO, upperO) >> BITS)
        + (lowerE >>> 61 << 61 - BITS)
        + (words(lowerE, upperE, lowerO) << 64 - BITS & DIGIT);
  }

  static long high(long lowerE, long upperE, long lowerO, long upperO) {
    return (words(lowerE, upperE, lowerO) >> 2 * BITS - 64) + (lowerO >>> 60 << 60 - 48);
  }

  /** All but the top bits of E mod 2^64, plus 2 o. */
  private static long units(long lowerE, long lowerO, long upperO) {
    return (lowerE & -1L >>> 3) + 2 * quotient(lowerO, upperO);
  }

  /** All but the top bits of O mod 2^64, plus e. */
  private static long words(long lowerE, long upperE, long lowerO) {
    return (lowerO & -1L >>> 4) + quotient(lowerE, upperE);
  }
}
