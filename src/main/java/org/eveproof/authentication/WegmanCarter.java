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
 * <p>The flow of control and the memory addresses do not depend on secrets: see {@link
 * GhashElement}. Messages of {@value GhashLanes#LANES} blocks and more are shortened by {@link
 * GhashLanes} first.
 *
 * @see <a href="https://doi.org/10.1016/0022-0000(81)90033-7">Wegman and Carter, J. Comput. Syst.
 *     Sci. 22 (1981) 265-279</a>
 */
public final class WegmanCarter implements MessageAuthenticator {
  private static final int BLOCK = 16;

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
    ByteBuffer bytes = ByteBuffer.wrap(hashKey);
    GhashElement key = new GhashElement(bytes.getLong(), bytes.getLong());
    GhashElement sum = new GhashElement(0, 0);
    int rows = message.length / (BLOCK * GhashLanes.LANES);
    if (rows > 0) {
      GhashLanes lanes = new GhashLanes(key);
      lanes.shorten(message, rows);
      for (int i = 0; i < GhashLanes.LEFT; i++) {
        sum = sum.plus(lanes.high(i), lanes.low(i)).times(key);
      }
      lanes.wipe();
    }
    ByteBuffer rest = ByteBuffer.wrap(message).position(rows * BLOCK * GhashLanes.LANES);
    while (rest.remaining() >= BLOCK) {
      sum = sum.plus(rest.getLong(), rest.getLong()).times(key);
    }
    if (rest.hasRemaining()) {
      ByteBuffer last = ByteBuffer.allocate(BLOCK);
      last.put(rest).rewind();
      sum = sum.plus(last.getLong(), last.getLong()).times(key);
    }
    sum = sum.plus(0, 8L * message.length).times(key);
    return ByteBuffer.allocate(BLOCK).putLong(sum.high()).putLong(sum.low()).array();
  }
}
