package org.eveproof.protocol;

/** Turns the bits of words round; in vectors, which {@link Long#reverse} is not on Java 17. */
public final class BitReversal {
  private BitReversal() {}

  /**
   * Reverses each of the first words of an array.
   *
   * @param from the words
   * @param to takes them; may be the same array
   * @param words how many
   */
  public static void reverse(long[] from, long[] to, int words) {
    for (int i = 0; i < words; i++) {
      long word = from[i];
      word = (word >>> 1 & 0x5555555555555555L) | (word & 0x5555555555555555L) << 1;
      word = (word >>> 2 & 0x3333333333333333L) | (word & 0x3333333333333333L) << 2;
      word = (word >>> 4 & 0x0f0f0f0f0f0f0f0fL) | (word & 0x0f0f0f0f0f0f0f0fL) << 4;
      word = (word >>> 8 & 0x00ff00ff00ff00ffL) | (word & 0x00ff00ff00ff00ffL) << 8;
      word = (word >>> 16 & 0x0000ffff0000ffffL) | (word & 0x0000ffff0000ffffL) << 16;
      to[i] = word >>> 32 | word << 32;
    }
  }
}
