package org.eveproof.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bit vectors in words: bit i is bit i mod 64 of word i / 64; the bits past the end are zero.
 *
 * <p>In bytes, bit 0 is the top bit of the first byte, so that hexadecimal reads like the text.
 */
final class PackedBits {
  private PackedBits() {}

  static long[] zeros(int length) {
    if (length < 0) {
      throw new IllegalArgumentException("length=" + length);
    }
    return new long[(int) (((long) length + 63) >>> 6)];
  }

  static boolean get(long[] words, int length, int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException("bit " + index + " of " + length);
    }
    return (words[index >>> 6] >>> index & 1) != 0;
  }

  /** Clears what lies past the end. */
  static void trim(long[] words, int length) {
    if ((length & 63) != 0) {
      words[length >>> 6] &= -1L >>> -length;
    }
  }

  static int ones(long[] words) {
    int sum = 0;
    for (long word : words) {
      sum += Long.bitCount(word);
    }
    return sum;
  }

  static long[] slice(long[] words, int length, int from, int to) {
    if (from < 0 || to < from || to > length) {
      throw new IndexOutOfBoundsException("bits " + from + " to " + to + " of " + length);
    }
    long[] out = zeros(to - from);
    int skip = from >>> 6;
    for (int w = 0; w < out.length; w++) {
      long high =
          (from & 63) == 0 || w + skip + 1 >= words.length ? 0 : words[w + skip + 1] << -from;
      out[w] = words[w + skip] >>> from | high;
    }
    trim(out, to - from);
    return out;
  }

  /** Keeps the bits where the mask has a one, in order. */
  static long[] select(long[] words, long[] mask) {
    long[] out = zeros(ones(mask));
    int to = 0;
    for (int w = 0; w < mask.length; w++) {
      for (long rest = mask[w]; rest != 0; rest &= rest - 1) {
        out[to >>> 6] |= (words[w] >>> Long.numberOfTrailingZeros(rest) & 1) << to;
        to++;
      }
    }
    return out;
  }

  static byte[] toBytes(long[] words, int length) {
    byte[] padded = new byte[words.length * Long.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(padded);
    for (long word : words) {
      buffer.putLong(Long.reverse(word));
    }
    byte[] bytes = Arrays.copyOf(padded, (int) (((long) length + 7) >>> 3));
    Arrays.fill(padded, (byte) 0);
    return bytes;
  }

  static long[] fromBytes(byte[] bytes, int length) {
    if (length < 0 || bytes.length != ((long) length + 7) >>> 3) {
      throw new IllegalArgumentException(bytes.length + " bytes for " + length + " bits");
    }
    if ((length & 7) != 0 && (bytes[bytes.length - 1] & (0xff >>> (length & 7))) != 0) {
      throw new IllegalArgumentException("padding bits are not zero");
    }
    long[] words = zeros(length);
    for (int i = 0; i < bytes.length; i++) {
      words[i >>> 3] |= (bytes[i] & 0xffL) << (56 - 8 * (i & 7));
    }
    for (int w = 0; w < words.length; w++) {
      words[w] = Long.reverse(words[w]);
    }
    return words;
  }
}
