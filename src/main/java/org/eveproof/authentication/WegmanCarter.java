package org.eveproof.authentication;

import java.util.Arrays;

/**
 * Wegman-Carter authentication: a polynomial hash modulo the prime p = 2<sup>127</sup> − 1,
 * encrypted with a one-time pad. No computing power helps a forger.
 *
 * <p>The tag is the {@link PolynomialHash}, a number from 0 to p − 1, plus the pad modulo
 * 2<sup>128</sup>. Two messages of at most L blocks (the length block included) differ by a
 * polynomial of degree at most L without constant term, so their hashes differ by a given value
 * modulo p at no more than L points. A difference of tags modulo 2<sup>128</sup> leaves one value
 * modulo p. A point is what 2 of the hash keys of 128 bits are congruent to, and 3 for the points 0
 * and 1. So of the 2<sup>128</sup> hash keys at most 2 L + 2 give tags with a given difference: the
 * hash is (L + 1)/2<sup>127</sup>-almost Δ-universal for this addition, and with a fresh pad for
 * each tag one forgery succeeds with at most that probability.
 *
 * <p>The flow of control and the memory addresses do not depend on secrets.
 *
 * @see <a href="https://doi.org/10.1016/0022-0000(81)90033-7">Wegman and Carter, J. Comput. Syst.
 *     Sci. 22 (1981) 265-279</a>
 */
public final class WegmanCarter implements MessageAuthenticator {
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
      return PolynomialHash.hash(hashKey, message).plusModulo128(pad);
    } finally {
      Arrays.fill(hashKey, (byte) 0);
      Arrays.fill(pad, (byte) 0);
    }
  }

  /**
   * Returns (L + 1) 2<sup>-127</sup> for L blocks of 112 bits, the length block included, whoever
   * the adversary is.
   *
   * <p>The bound is the same when the hash key is recycled: a pad that is used once hides the hash,
   * so tags tell nothing of the hash key, and each refused forgery excludes at most 2 L + 2 hash
   * keys. Over r rounds of l messages with keys that are e' from perfect the sum is r (l e + e'),
   * where e is this bound (C. Portmann, IEEE Trans. Inf. Theory 60 (2014) 4383-4396).
   */
  @Override
  public double forgeryBound(long messageBytes) {
    MessageAuthenticator.requireLength(messageBytes);
    long blocks = (messageBytes - 1) / PolynomialHash.BLOCK + 2;
    return Math.scalb((double) (blocks + 1), -127);
  }
}
