package org.eveproof.authentication;

import java.util.Arrays;

/**
 * The key for the tag of one message: the hash key of its direction and block, and a pad that is
 * used for this message and never again.
 *
 * <p>The holder owns its bytes and overwrites them in {@link #close()}. What Java cannot promise: a
 * copying garbage collector may have left older copies behind.
 */
public final class OneTimeKey implements AutoCloseable {

  /** Length of a hash key, in bytes. */
  public static final int HASH_KEY_BYTES = 16;

  /** Length of a pad, in bytes. */
  public static final int PAD_BYTES = 16;

  private final KeyIndex index;
  private final byte[] secret;
  private boolean destroyed;

  /**
   * Makes a key from copies of the bytes given; the caller wipes its own.
   *
   * @param index which key of the direction this is
   * @param hashKey {@value #HASH_KEY_BYTES} bytes, secret
   * @param pad {@value #PAD_BYTES} bytes, secret, never used for another message
   */
  public OneTimeKey(KeyIndex index, byte[] hashKey, byte[] pad) {
    if (hashKey.length != HASH_KEY_BYTES || pad.length != PAD_BYTES) {
      throw new IllegalArgumentException(
          "hashKey has " + hashKey.length + " bytes, pad " + pad.length);
    }
    this.index = index;
    this.secret = Arrays.copyOf(hashKey, HASH_KEY_BYTES + PAD_BYTES);
    System.arraycopy(pad, 0, secret, HASH_KEY_BYTES, PAD_BYTES);
  }

  /** Returns which key of its direction this is. */
  public KeyIndex index() {
    return index;
  }

  /** Returns a second holder of the same key, with a life of its own. */
  public OneTimeKey copy() {
    return new OneTimeKey(index, hashKey(), pad());
  }

  /** Returns whether the bytes have been overwritten. */
  public boolean isDestroyed() {
    return destroyed;
  }

  /** Overwrites the key. */
  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
    destroyed = true;
  }

  /** Returns a copy of the hash key, for the caller to wipe. */
  byte[] hashKey() {
    return part(0, HASH_KEY_BYTES);
  }

  /** Returns a copy of the pad, for the caller to wipe. */
  byte[] pad() {
    return part(HASH_KEY_BYTES, HASH_KEY_BYTES + PAD_BYTES);
  }

  /** Returns a copy of hash key and pad, for the caller to wipe. */
  byte[] whole() {
    return part(0, HASH_KEY_BYTES + PAD_BYTES);
  }

  private byte[] part(int from, int to) {
    if (destroyed) {
      throw new IllegalStateException("one-time key " + index + " has been destroyed");
    }
    return Arrays.copyOfRange(secret, from, to);
  }

  @Override
  public String toString() {
    return "OneTimeKey[" + index + (destroyed ? ", destroyed]" : "]");
  }
}
