package org.eveproof.handover;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.WegmanCarter;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;

/**
 * A block of secret key, split by role, whose parts are overwritten one by one as they are used.
 *
 * <p>A part is there exactly when its bytes are not all zero (a random pad is zero with probability
 * 2<sup>-128</sup>, and is then treated as used).
 */
public final class KeyBlock implements AutoCloseable {
  /** What is left of a block that is dead. */
  static final KeyBlock GONE = new KeyBlock(new RoleSplit(0, 0), new byte[0]);

  /** Pads that lie side by side, both ends included. */
  record Range(int first, int last) {}

  private final RoleSplit split;
  private final byte[] bytes;

  private KeyBlock(RoleSplit split, byte[] bytes) {
    this.split = split;
    this.bytes = bytes;
  }

  /**
   * Splits a secret key; bits past the last whole byte are left out. The caller destroys its own.
   *
   * @param key at least {@link RoleSplit#leastBytes} bytes for so many keys
   * @param keys number of one-time keys in each direction
   * @throws IllegalArgumentException if the key is too short
   */
  public static KeyBlock of(SecretBits key, int keys) {
    int length = key.length() / 8;
    if (length < RoleSplit.leastBytes(keys)) {
      throw new IllegalArgumentException(
          length + " bytes are too short for " + keys + " keys in each direction");
    }
    try (SecretBits whole = key.slice(0, 8 * length)) {
      return fromBytes(keys, whole.toBytes());
    }
  }

  /**
   * Splits a secret key that has no part for hash keys: those of another block are used on.
   *
   * @param before the block with the hash keys
   * @param key shorter by both hash keys than for {@link #of}; the caller destroys it
   * @param keys number of one-time keys in each direction
   * @throws IllegalArgumentException if the key is too short
   */
  static KeyBlock recycling(KeyBlock before, SecretBits key, int keys) {
    int length = key.length() / 8 + RoleSplit.HASH_KEYS_BYTES;
    if (length < RoleSplit.leastBytes(keys)) {
      throw new IllegalArgumentException(
          length + " bytes are too short for " + keys + " keys in each direction");
    }
    byte[] bytes = new byte[length];
    try (SecretBits whole = key.slice(0, key.length() / 8 * 8)) {
      byte[] fresh = whole.toBytes();
      int check = RoleSplit.CHECK_BYTES;
      System.arraycopy(fresh, 0, bytes, 0, check);
      int rest = fresh.length - check;
      System.arraycopy(fresh, check, bytes, length - rest, rest);
      Arrays.fill(fresh, (byte) 0);
    }
    KeyBlock block = fromBytes(keys, bytes);
    block.takeHashKeysOf(before);
    return block;
  }

  /** Replaces the hash keys by those of another block. */
  void takeHashKeysOf(KeyBlock other) {
    System.arraycopy(
        other.bytes,
        RoleSplit.CHECK_BYTES,
        bytes,
        RoleSplit.CHECK_BYTES,
        RoleSplit.HASH_KEYS_BYTES);
  }

  /**
   * Expands the seed that the bootstrap ends with into a first block, which has no part for
   * applications (HMAC-SHA-256 in counter mode). The caller destroys the seed.
   *
   * @param seed at least 128 bits, known to both parties and nobody else
   * @param keys number of one-time keys in each direction
   */
  public static KeyBlock bootstrap(SecretBits seed, int keys) {
    if (seed.length() < 128) {
      throw new IllegalArgumentException("a seed of " + seed.length() + " bits is too short");
    }
    byte[] secret = seed.toBytes();
    byte[] bytes = new byte[RoleSplit.leastBytes(keys)];
    try {
      Mac expand = Mac.getInstance("HmacSHA256");
      expand.init(new SecretKeySpec(secret, "HmacSHA256"));
      for (int from = 0, counter = 0; from < bytes.length; from += expand.getMacLength()) {
        expand.update(("bootstrap block " + counter++).getBytes(StandardCharsets.US_ASCII));
        byte[] part = expand.doFinal();
        System.arraycopy(part, 0, bytes, from, Math.min(part.length, bytes.length - from));
        Arrays.fill(part, (byte) 0);
      }
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HmacSHA256", e);
    }
    Arrays.fill(secret, (byte) 0);
    return fromBytes(keys, bytes);
  }

  /** Takes over the bytes. */
  static KeyBlock fromBytes(int keys, byte[] bytes) {
    int rest = bytes.length - RoleSplit.leastBytes(keys);
    return new KeyBlock(new RoleSplit(keys, rest), bytes);
  }

  /** Returns a copy of the bytes, for the caller to wipe. */
  byte[] toBytes() {
    return bytes.clone();
  }

  int length() {
    return bytes.length;
  }

  /** Returns a second holder of what is left of the block. */
  public KeyBlock copy() {
    return new KeyBlock(split, bytes.clone());
  }

  /** Returns the number of one-time keys in each direction that the block had when it was whole. */
  public int keys() {
    return split.keys();
  }

  /** Returns whether the pad with this index of this direction is there. */
  public boolean holds(Party sender, int index) {
    return index < split.keys() && isThere(split.padOffset(sender, index), OneTimeKey.PAD_BYTES);
  }

  /** Returns whether any pad of this direction is there. */
  public boolean holdsAny(Party sender) {
    return split.keys() > 0
        && isThere(split.padOffset(sender, 0), split.keys() * OneTimeKey.PAD_BYTES);
  }

  /**
   * Returns the pads of one direction, from an index to before another, that are there, or those
   * that are not.
   */
  List<Range> ranges(Party sender, int from, int to, boolean there) {
    List<Range> ranges = new ArrayList<>();
    int first = from;
    for (int index = from; index <= to; index++) {
      if (index == to || holds(sender, index) != there) {
        if (first < index) {
          ranges.add(new Range(first, index - 1));
        }
        first = index + 1;
      }
    }
    return ranges;
  }

  /** Returns the length of the whole block, in bits. */
  long bits() {
    return (long) Byte.SIZE * bytes.length;
  }

  /** Returns the length of the part for applications, in bits. */
  long applicationBits() {
    return (long) Byte.SIZE * split.applicationBytes();
  }

  /** Returns whether the part for applications is there. */
  public boolean holdsApplicationPart() {
    return split.applicationBytes() > 0
        && isThere(split.applicationOffset(), split.applicationBytes());
  }

  /** Returns whether everything has been overwritten. */
  public boolean isDestroyed() {
    return !isThere(0, bytes.length);
  }

  /**
   * Returns a copy of a one-time key.
   *
   * @throws IllegalStateException if its pad has been overwritten
   */
  public OneTimeKey key(Party sender, KeyIndex index) {
    if (!holds(sender, index.index())) {
      throw new IllegalStateException("one-time key " + index + " is gone");
    }
    byte[] hashKey = part(split.hashKeyOffset(sender), OneTimeKey.HASH_KEY_BYTES);
    byte[] pad = part(split.padOffset(sender, index.index()), OneTimeKey.PAD_BYTES);
    OneTimeKey key = new OneTimeKey(index, hashKey, pad);
    Arrays.fill(hashKey, (byte) 0);
    Arrays.fill(pad, (byte) 0);
    return key;
  }

  /** Overwrites the pads of one direction with indices from {@code first} to {@code last}. */
  void wipe(Party sender, int first, int last) {
    Arrays.fill(
        bytes,
        split.padOffset(sender, first),
        split.padOffset(sender, last) + OneTimeKey.PAD_BYTES,
        (byte) 0);
  }

  /** Returns a copy of the part for applications. */
  public SecretBits applicationPart() {
    byte[] part = part(split.applicationOffset(), split.applicationBytes());
    SecretBits bits = SecretBits.fromBytes(part, 8 * part.length);
    Arrays.fill(part, (byte) 0);
    return bits;
  }

  void wipeApplicationPart() {
    Arrays.fill(bytes, split.applicationOffset(), bytes.length, (byte) 0);
  }

  /**
   * Returns the seed of the hash by which the parties compare this block: 16 bytes of its own, as
   * random as the rest of it and used for nothing else. It is public once it was said.
   */
  public byte[] seed() {
    return part(OneTimeKey.PAD_BYTES, OneTimeKey.HASH_KEY_BYTES);
  }

  /**
   * Returns the hash of a whole block by which the parties compare theirs, masked with a pad of the
   * block's own, so that it tells nothing of the rest. The pad bears one seed only: Alice says the
   * hash under {@link #seed}, and never under another. Two different blocks of 14·L bytes agree
   * with probability at most (L + 2) 2<sup>-127</sup> over Alice's seed.
   *
   * @param seed 16 bytes, Alice's
   */
  public byte[] hash(byte[] seed) {
    byte[] pad = part(0, OneTimeKey.PAD_BYTES);
    byte[] rest = part(OneTimeKey.PAD_BYTES, bytes.length - OneTimeKey.PAD_BYTES);
    try (OneTimeKey key = new OneTimeKey(new KeyIndex(0, 0, 0), seed, pad)) {
      return new WegmanCarter().tag(key, rest);
    } finally {
      Arrays.fill(pad, (byte) 0);
      Arrays.fill(rest, (byte) 0);
    }
  }

  /** Whether every byte that is left here is the same in the other. */
  public boolean isWhatIsLeftOf(KeyBlock whole) {
    if (bytes.length != whole.bytes.length) {
      return false;
    }
    int differences = 0;
    for (int i = 0; i < bytes.length; i++) {
      differences |= bytes[i] == 0 ? 0 : bytes[i] ^ whole.bytes[i];
    }
    return differences == 0;
  }

  /** Overwrites everything. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "KeyBlock[" + split.keys() + " keys" + (isDestroyed() ? ", destroyed]" : "]");
  }

  private boolean isThere(int from, int length) {
    int any = 0;
    for (int i = from; i < from + length; i++) {
      any |= bytes[i];
    }
    return any != 0;
  }

  private byte[] part(int from, int length) {
    return Arrays.copyOfRange(bytes, from, from + length);
  }
}
