package org.eveproof.protocol;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** An immutable vector of bits that anybody may see. Bits that nobody may: {@link SecretBits}. */
public final class Bits {
  private static final int SHOWN = 64;

  private final long[] words;
  private final int length;

  private Bits(long[] words, int length) {
    this.words = words;
    this.length = length;
  }

  /**
   * Returns the bits that a rule gives.
   *
   * @param length number of bits, at least 0
   * @param bit whether bit i is one; asked once for each i, in order
   */
  public static Bits of(int length, IntPredicate bit) {
    long[] words = PackedBits.zeros(length);
    for (int i = 0; i < length; i++) {
      if (bit.test(i)) {
        words[i >>> 6] |= 1L << i;
      }
    }
    return new Bits(words, length);
  }

  /**
   * Reads bits written as text, bit 0 first.
   *
   * @throws IllegalArgumentException if there is anything but 0 and 1
   */
  public static Bits parse(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '0' && text.charAt(i) != '1') {
        throw new IllegalArgumentException("character " + i + " is neither 0 nor 1");
      }
    }
    return of(text.length(), i -> text.charAt(i) == '1');
  }

  /**
   * Reads packed bits; bit 0 is the top bit of the first byte.
   *
   * @param bytes exactly as many as the bits need, zero past the last bit
   * @param length number of bits
   * @throws IllegalArgumentException if the bytes are too many, too few, or not zero past the end
   */
  public static Bits fromBytes(byte[] bytes, int length) {
    return new Bits(PackedBits.fromBytes(bytes, length), length);
  }

  /**
   * Copies packed words; bit i is bit i mod 64 of word i / 64.
   *
   * @throws IllegalArgumentException if the words are too many or too few; what lies past the end
   *     is ignored
   */
  public static Bits ofWords(long[] words, int length) {
    if (words.length != PackedBits.zeros(length).length) {
      throw new IllegalArgumentException(words.length + " words for " + length + " bits");
    }
    long[] copy = words.clone();
    PackedBits.trim(copy, length);
    return new Bits(copy, length);
  }

  /** Returns the number of bits. */
  public int length() {
    return length;
  }

  /** Returns bit {@code index}, in 0 to length - 1. */
  public boolean get(int index) {
    return PackedBits.get(words, length, index);
  }

  /** Returns the number of ones. */
  public int ones() {
    return PackedBits.ones(words);
  }

  /** Returns bits {@code from} to {@code to} - 1. */
  public Bits slice(int from, int to) {
    return new Bits(PackedBits.slice(words, length, from, to), to - from);
  }

  /** Returns the bits where {@code mask}, of the same length, has a one; in order. */
  public Bits select(Bits mask) {
    requireLength(mask.length);
    return new Bits(PackedBits.select(words, mask.words), mask.ones());
  }

  /**
   * Returns these bits, in order, where {@code mask} has ones, as many as there are bits here, and
   * zeros elsewhere: what {@link #select} takes back.
   */
  public Bits spread(Bits mask) {
    requireLength(mask.ones());
    return new Bits(PackedBits.spread(words, mask.words), mask.length);
  }

  /** Returns where this and {@code other}, of the same length, differ. */
  public Bits xor(Bits other) {
    requireLength(other.length);
    long[] sum = words.clone();
    for (int w = 0; w < sum.length; w++) {
      sum[w] ^= other.words[w];
    }
    return new Bits(sum, length);
  }

  /** Returns where this or {@code other}, of the same length, has a one. */
  public Bits or(Bits other) {
    requireLength(other.length);
    long[] union = words.clone();
    for (int w = 0; w < union.length; w++) {
      union[w] |= other.words[w];
    }
    return new Bits(union, length);
  }

  /** Returns the bits turned over. */
  public Bits not() {
    long[] turned = words.clone();
    for (int w = 0; w < turned.length; w++) {
      turned[w] = ~turned[w];
    }
    PackedBits.trim(turned, length);
    return new Bits(turned, length);
  }

  /** Returns this followed by {@code next}. */
  public Bits append(Bits next) {
    long[] joined = Arrays.copyOf(words, PackedBits.zeros(length + next.length).length);
    for (int w = 0; w < next.words.length; w++) {
      int to = w + (length >>> 6);
      joined[to] |= next.words[w] << length;
      if ((length & 63) != 0 && to + 1 < joined.length) {
        joined[to + 1] |= next.words[w] >>> -length;
      }
    }
    return new Bits(joined, length + next.length);
  }

  /** Returns the bits packed into ⌈length / 8⌉ bytes, as {@link #fromBytes} reads them. */
  public byte[] toBytes() {
    return PackedBits.toBytes(words, length);
  }

  /** Returns a copy of the packed words; bit i is bit i mod 64 of word i / 64. */
  public long[] toWords() {
    return words.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bits that && length == that.length && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * length + Arrays.hashCode(words);
  }

  /** Returns the bits as text, bit 0 first; of a long vector only the start, and its length. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(length, SHOWN); i++) {
      text.append(get(i) ? '1' : '0');
    }
    return length <= SHOWN ? text.toString() : text + "... (" + length + " bits)";
  }

  private void requireLength(int other) {
    if (other != length) {
      throw new IllegalArgumentException(other + " bits do not go with " + length);
    }
  }
}
