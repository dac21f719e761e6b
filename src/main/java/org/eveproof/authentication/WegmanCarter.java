package org.eveproof.authentication;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Wegman-Carter authentication: a polynomial hash over GF(2<sup>128</sup>), encrypted with a
 * one-time pad. No computing power helps a forger.
 *
 * <p>The hash is GHASH as in NIST SP 800-38D section 6.4: the message, padded with zeros to whole
 * blocks of 128 bits, then one block with the length in bits. Without that block, messages that
 * differ in trailing zeros would share a tag. Two messages of at most L blocks (the length block
 * included) differ by a polynomial of degree at most L, so for at most L of the 2<sup>128</sup>
 * hash keys their hashes differ by a given value: the hash is L/2<sup>128</sup>-almost
 * XOR-universal, and with a fresh pad for each tag one forgery succeeds with at most that
 * probability.
 *
 * <p>The flow of control and the memory addresses do not depend on secrets: the product of two
 * polynomials is put together from integer products of operands with holes, which swallow the
 * carries (T. Pornin, BearSSL, ghash_ctmul64).
 *
 * @see <a href="https://doi.org/10.1016/0022-0000(81)90033-7">Wegman and Carter, J. Comput. Syst.
 *     Sci. 22 (1981) 265-279</a>
 */
public final class WegmanCarter implements MessageAuthenticator {
  private static final int BLOCK = 16;
  private static final long HOLES = 0x1111111111111111L;

  private final Suite suite;

  /** Prepares {@link Suite#WEGMAN_CARTER}. */
  public WegmanCarter() {
    this(Suite.WEGMAN_CARTER);
  }

  /** Prepares {@link Suite#WEGMAN_CARTER} or {@link Suite#WEGMAN_CARTER_RECYCLED}. */
  WegmanCarter(Suite suite) {
    this.suite = suite;
  }

  @Override
  public Suite suite() {
    return suite;
  }

  @Override
  public byte[] tag(OneTimeKey key, byte[] message) {
    MessageAuthenticator.requireContent(message);
    byte[] hashKey = key.hashKey();
    byte[] pad = key.pad();
    try {
      byte[] tag = hash(hashKey, message);
      for (int i = 0; i < BLOCK; i++) {
        tag[i] ^= pad[i];
      }
      return tag;
    } finally {
      Arrays.fill(hashKey, (byte) 0);
      Arrays.fill(pad, (byte) 0);
    }
  }

  /**
   * Returns L 2<sup>-128</sup> for L blocks of 128 bits, the length block included, whoever the
   * adversary is.
   *
   * <p>The bound is the same when the hash key is recycled: a pad that is used once hides the hash,
   * so tags tell nothing of the hash key, and each refused forgery excludes at most L hash keys.
   * Over r rounds of l messages with keys that are e' from perfect the sum is r (l e + e'), where e
   * is this bound (C. Portmann, IEEE Trans. Inf. Theory 60 (2014) 4383-4396).
   */
  @Override
  public double forgeryBound(long messageBytes) {
    MessageAuthenticator.requireLength(messageBytes);
    return Math.scalb((double) ((messageBytes - 1) / BLOCK + 2), -128);
  }

  /** Returns the unencrypted hash of a message: a secret, because two of them reveal the key. */
  static byte[] hash(byte[] hashKey, byte[] message) {
    ByteBuffer key = ByteBuffer.wrap(hashKey);
    Polynomial polynomial = new Polynomial(key.getLong(), key.getLong());
    ByteBuffer rest = ByteBuffer.wrap(message);
    while (rest.remaining() >= BLOCK) {
      polynomial.absorb(rest.getLong(), rest.getLong());
    }
    if (rest.hasRemaining()) {
      ByteBuffer last = ByteBuffer.allocate(BLOCK);
      last.put(rest).rewind();
      polynomial.absorb(last.getLong(), last.getLong());
    }
    polynomial.absorb(0, 8L * message.length);
    return polynomial.value();
  }

  /**
   * The running hash. Field elements are two words in the bit order of GHASH: the first (high) word
   * holds the lowest coefficients, most significant bit first.
   */
  private static final class Polynomial {
    private final long h1;
    private final long h0;
    private final long h2;
    private final long h1r;
    private final long h0r;
    private final long h2r;
    private long y1;
    private long y0;

    Polynomial(long high, long low) {
      h1 = high;
      h0 = low;
      h2 = high ^ low;
      h1r = Long.reverse(high);
      h0r = Long.reverse(low);
      h2r = h1r ^ h0r;
    }

    /**
     * Adds a block and multiplies by the hash key (Karatsuba), modulo x^128 + x^7 + x^2 + x + 1.
     */
    void absorb(long high, long low) {
      y1 ^= high;
      y0 ^= low;
      long y1r = Long.reverse(y1);
      long y0r = Long.reverse(y0);
      long low0 = product(y0, h0);
      long low1 = product(y1, h1);
      long low2 = product(y0 ^ y1, h2) ^ low0 ^ low1;
      long high0 = product(y0r, h0r);
      long high1 = product(y1r, h1r);
      long high2 = product(y0r ^ y1r, h2r) ^ high0 ^ high1;
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
      y0 = v2;
      y1 = v3;
    }

    byte[] value() {
      return ByteBuffer.allocate(BLOCK).putLong(y1).putLong(y0).array();
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
  }
}
