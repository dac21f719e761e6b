package org.eveproof.postprocessing;

/**
 * Multiplies polynomials over GF(2) modulo z<sup>K·L</sup> − 1, exactly and in time near n log n:
 * they are cut into K pieces of L bits, polynomials in y = z<sup>L</sup> with coefficients in
 * GF(2)[z]/(z<sup>2L</sup> + z<sup>L</sup> + 1), which {@link TernaryTransform} multiplies modulo
 * y<sup>K</sup> − 1. The products of two pieces have less than 2L bits, so that nothing of them is
 * lost to that modulus.
 */
final class CyclicProduct {
  private final TernaryTransform first;
  private final TernaryTransform second;

  /** Prepares for a modulus z<sup>N</sup> − 1 with N at least {@code bits}. */
  CyclicProduct(int bits) {
    int count = 1;
    int pieceBits = bits;
    double least = cost(1, 0, bits);
    int stages = 1;
    for (long tried = 3; tried * tried / 9 <= bits; tried *= 3, stages++) {
      long step = tried / 3;
      int length = Math.toIntExact(step * ((bits + tried * step - 1) / (tried * step)));
      double cost = cost(tried, stages, length);
      if (cost < least) {
        least = cost;
        count = (int) tried;
        pieceBits = length;
      }
    }
    first = new TernaryTransform(count, pieceBits);
    second = new TernaryTransform(count, pieceBits);
  }

  /**
   * Multiplies two polynomials, bit i mod 64 of word i / 64 being the coefficient of z^i, and puts
   * the coefficients from {@code from} on into {@code to}, whole words.
   */
  void multiply(long[] a, long[] b, int from, long[] to) {
    cut(a, first);
    cut(b, second);
    first.forward();
    second.forward();
    LaneProducts products = new LaneProducts(first.bits());
    products.multiply(first, second);
    products.wipe();
    first.inverse();
    gather(from, to);
    first.wipe();
    second.wipe();
  }

  /** In products of words, six for each element; a word passes through a stage at that price. */
  private static double cost(long count, int stages, int pieceBits) {
    int words = (pieceBits + 63) >>> 6;
    return count * (Math.pow(words, 1.65) + (double) stages * words);
  }

  private static void cut(long[] bits, TernaryTransform to) {
    int length = to.bits();
    int words = (length + 63) >>> 6;
    for (int piece = 0; piece < to.count(); piece++) {
      long at = (long) piece * length;
      long[] low = to.low(piece);
      for (int w = 0; w < words; w++) {
        low[w] = wordAt(bits, at + 64L * w);
      }
      low[words - 1] &= -1L >>> -length;
    }
  }

  /** Returns the 64 bits from {@code at} on, zeros past the end. */
  private static long wordAt(long[] bits, long at) {
    int w = (int) (at >>> 6);
    int shift = (int) at & 63;
    long low = w < bits.length ? bits[w] >>> shift : 0;
    return w + 1 < bits.length ? low | bits[w + 1] << 1 << (63 - shift) : low;
  }

  /** The upper half of a product belongs to the next piece. */
  private void gather(int from, long[] to) {
    int length = first.bits();
    int words = (length + 63) >>> 6;
    long end = from + 64L * to.length;
    for (int piece = from / length; piece < first.count() && (long) piece * length < end; piece++) {
      long[] low = first.low(piece);
      long[] high = first.high(Math.floorMod(piece - 1, first.count()));
      for (int w = 0; w < words; w++) {
        addAt(to, (long) piece * length + 64L * w - from, low[w] ^ high[w]);
      }
    }
  }

  private static void addAt(long[] to, long at, long word) {
    int w = (int) (at >> 6);
    int shift = (int) at & 63;
    if (w >= 0 && w < to.length) {
      to[w] ^= word << shift;
    }
    if (w + 1 >= 0 && w + 1 < to.length) {
      to[w + 1] ^= word >>> 1 >>> (63 - shift);
    }
  }
}
