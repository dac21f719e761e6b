package org.eveproof.protocol;

import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * A vector of bits that must stay secret, and that can be destroyed.
 *
 * <p>The holder owns its memory and overwrites it with zeros when it is closed; after that every
 * question but {@link #length} and {@link #isDestroyed} is refused. It has no equality and its text
 * shows no bit. What Java cannot promise: that the garbage collector has left no copy behind when
 * it moved the array, and that operations take the same time whatever the bits are ({@link #sameAs}
 * does not stop early).
 */
public final class SecretBits implements AutoCloseable, Destroyable {
  private final long[] words;
  private final int length;
  private boolean destroyed;

  private SecretBits(long[] words, int length) {
    this.words = words;
    this.length = length;
  }

  /** Copies public bits into a secret holder, for vectors and for bits that an adversary chose. */
  public static SecretBits copyOf(Bits bits) {
    return new SecretBits(bits.toWords(), bits.length());
  }

  /**
   * Copies packed bits; bit 0 is the top bit of the first byte. The caller wipes {@code bytes}.
   *
   * @param bytes exactly as many as the bits need, zero past the last bit
   * @throws IllegalArgumentException if the bytes are too many, too few, or not zero past the end
   */
  public static SecretBits fromBytes(byte[] bytes, int length) {
    return new SecretBits(PackedBits.fromBytes(bytes, length), length);
  }

  /**
   * Copies packed words; bit i is bit i mod 64 of word i / 64. The caller wipes {@code words}.
   *
   * @throws IllegalArgumentException if the words are too many or too few; what lies past the end
   *     is ignored
   */
  public static SecretBits ofWords(long[] words, int length) {
    if (words.length != PackedBits.zeros(length).length) {
      throw new IllegalArgumentException(words.length + " words for " + length + " bits");
    }
    long[] copy = words.clone();
    PackedBits.trim(copy, length);
    return new SecretBits(copy, length);
  }

  /** Returns the number of bits, known also once they are destroyed. */
  public int length() {
    return length;
  }

  /**
   * Returns bit {@code index}, in 0 to length - 1.
   *
   * @throws IllegalStateException if the bits are destroyed
   */
  public boolean get(int index) {
    requireAlive();
    return PackedBits.get(words, length, index);
  }

  /** Returns a copy of bits {@code from} to {@code to} - 1, to be destroyed on its own. */
  public SecretBits slice(int from, int to) {
    requireAlive();
    return new SecretBits(PackedBits.slice(words, length, from, to), to - from);
  }

  /** Returns a copy of the bits where {@code mask} has a one, in order. */
  public SecretBits select(Bits mask) {
    requireAlive();
    return new SecretBits(PackedBits.select(words, maskWords(mask)), mask.ones());
  }

  /**
   * Gives up the bits where {@code mask} has a one: they are public from here on, and whoever calls
   * this must take them out of the key.
   */
  public Bits disclose(Bits mask) {
    requireAlive();
    return Bits.ofWords(PackedBits.select(words, maskWords(mask)), mask.ones());
  }

  /** Whether the other holds the same bits. The time taken depends on the lengths only. */
  public boolean sameAs(SecretBits other) {
    requireAlive();
    other.requireAlive();
    if (length != other.length) {
      return false;
    }
    long differences = 0;
    for (int w = 0; w < words.length; w++) {
      differences |= words[w] ^ other.words[w];
    }
    return differences == 0;
  }

  /** Returns the bits packed into ⌈length / 8⌉ bytes. The caller wipes them. */
  public byte[] toBytes() {
    requireAlive();
    return PackedBits.toBytes(words, length);
  }

  /** Returns a copy of the packed words. The caller wipes it. */
  public long[] toWords() {
    requireAlive();
    return words.clone();
  }

  /** Whether the bits are gone: overwritten, not only marked. */
  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  /** Overwrites the bits with zeros. Doing it twice does nothing more. */
  @Override
  public void destroy() {
    Arrays.fill(words, 0);
    destroyed = true;
  }

  @Override
  public void close() {
    destroy();
  }

  @Override
  public String toString() {
    return "SecretBits[" + length + (destroyed ? " bits, destroyed]" : " bits]");
  }

  private long[] maskWords(Bits mask) {
    if (mask.length() != length) {
      throw new IllegalArgumentException(mask.length() + " bits do not go with " + length);
    }
    return mask.toWords();
  }

  private void requireAlive() {
    if (destroyed) {
      throw new IllegalStateException("these bits are destroyed");
    }
  }
}
