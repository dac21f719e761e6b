package org.eveproof.authentication;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The value of a polynomial modulo the prime 2<sup>127</sup> − 1, whose coefficients are a message.
 *
 * <p>The message, padded with zeros to whole blocks of {@value #BLOCK} bytes, and one block with
 * its length in bits are read as big-endian numbers m_1 ... m_s. The hash is m_1 h^s + m_2 h^(s−1)
 * + ... + m_s h. Without the last block, messages that differ in trailing zeros would have the same
 * hash.
 *
 * <p>Of a long message six blocks are multiplied by the powers h^6 to h at once, so that one
 * reduction does for six products.
 */
final class PolynomialHash {
  /** Bytes of a block: two digits of a {@link Residue}. */
  static final int BLOCK = 2 * Residue.BITS / 8;

  /**
   * Blocks for one reduction: their 12 digits and the sum so far, which adds a product and as much
   * as 3 digits, are what {@link Multiplier} has room for.
   */
  static final int GROUP = 6;

  /** Groups from which on it pays to compute the powers. */
  private static final int FEWEST_GROUPS = 2;

  private static final int SPACE = 64 - Residue.BITS;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private PolynomialHash() {}

  /**
   * Returns the hash of a message: a secret, because two of them reveal the key. The caller wipes
   * it.
   *
   * @param key a number of 128 bits: h is what it is congruent to
   */
  static Residue hash(byte[] key, byte[] message) {
    Residue h = Residue.of(key);
    Residue sum = new Residue(0, 0, 0);
    int at = 0;
    int groups = message.length / (GROUP * BLOCK);
    if (groups >= FEWEST_GROUPS) {
      at = groups * GROUP * BLOCK;
      sum = hashGroups(h, message, at);
    }
    Multiplier byKey = new Multiplier(h);
    for (; at + BLOCK <= message.length; at += BLOCK) {
      sum.add(first(message, at), second(message, at)).multiply(byKey);
    }
    if (at < message.length) {
      byte[] last = new byte[BLOCK];
      System.arraycopy(message, at, last, 0, message.length - at);
      sum.add(first(last, 0), second(last, 0)).multiply(byKey);
    }
    sum.add(0, 8L * message.length).multiply(byKey);
    byKey.wipe();
    h.wipe();
    return sum;
  }

  private static Residue hashGroups(Residue h, byte[] message, int end) {
    Multiplier h1 = new Multiplier(h);
    Residue power = h.copy();
    Multiplier h2 = new Multiplier(power.multiply(h1));
    Multiplier h3 = new Multiplier(power.multiply(h1));
    Multiplier h4 = new Multiplier(power.multiply(h1));
    Multiplier h5 = new Multiplier(power.multiply(h1));
    Multiplier h6 = new Multiplier(power.multiply(h1));
    power.wipe();
    Residue sum = hashGroups(message, end, h1, h2, h3, h4, h5, h6);
    for (Multiplier each : new Multiplier[] {h1, h2, h3, h4, h5, h6}) {
      each.wipe();
    }
    return sum;
  }

  private static Residue hashGroups(
      byte[] message,
      int end,
      Multiplier h1,
      Multiplier h2,
      Multiplier h3,
      Multiplier h4,
      Multiplier h5,
      Multiplier h6) {
    long low = 0;
    long middle = 0;
    long high = 0;
    for (int at = 0; at < end; at += GROUP * BLOCK) {
      low += second(message, at);
      middle += first(message, at);
      long y2 = second(message, at + BLOCK);
      long x2 = first(message, at + BLOCK);
      long y3 = second(message, at + 2 * BLOCK);
      long x3 = first(message, at + 2 * BLOCK);
      long y4 = second(message, at + 3 * BLOCK);
      long x4 = first(message, at + 3 * BLOCK);
      long y5 = second(message, at + 4 * BLOCK);
      long x5 = first(message, at + 4 * BLOCK);
      long y6 = second(message, at + 5 * BLOCK);
      long x6 = first(message, at + 5 * BLOCK);
      long a0 =
          h6.lowerOfEven(low, middle, high)
              + h5.lowerOfEven(y2, x2)
              + h4.lowerOfEven(y3, x3)
              + h3.lowerOfEven(y4, x4)
              + h2.lowerOfEven(y5, x5)
              + h1.lowerOfEven(y6, x6);
      long a1 =
          h6.upperOfEven(low, middle, high)
              + h5.upperOfEven(y2, x2)
              + h4.upperOfEven(y3, x3)
              + h3.upperOfEven(y4, x4)
              + h2.upperOfEven(y5, x5)
              + h1.upperOfEven(y6, x6);
      long b0 =
          h6.lowerOfOdd(low, middle, high)
              + h5.lowerOfOdd(y2, x2)
              + h4.lowerOfOdd(y3, x3)
              + h3.lowerOfOdd(y4, x4)
              + h2.lowerOfOdd(y5, x5)
              + h1.lowerOfOdd(y6, x6);
      long b1 =
          h6.upperOfOdd(low, middle, high)
              + h5.upperOfOdd(y2, x2)
              + h4.upperOfOdd(y3, x3)
              + h3.upperOfOdd(y4, x4)
              + h2.upperOfOdd(y5, x5)
              + h1.upperOfOdd(y6, x6);
      long top =
          h6.ofTop(low, middle, high)
              + h5.ofTop(y2, x2)
              + h4.ofTop(y3, x3)
              + h3.ofTop(y4, x4)
              + h2.ofTop(y5, x5)
              + h1.ofTop(y6, x6);
      low = Multiplier.low(a0, b0, b1, top);
      middle = Multiplier.middle(a0, a1, b0, b1, top);
      high = Multiplier.high(a0, a1, b0, top);
    }
    return new Residue(low, middle, high);
  }

  /** The first seven bytes of a block. */
  private static long first(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at) >>> SPACE;
  }

  /** The last seven bytes of a block. */
  private static long second(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at + BLOCK - Long.BYTES) << SPACE >>> SPACE;
  }
}
