package org.eveproof.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bit vectors in words: bit i is bit i mod 64 of word i / 64; the bits past the end are zero.
 *
 * <p>In bytes, bit 0 is the top bit of the first byte, so that hexadecimal reads like the text.
 */
final class PackedBits {
  /** So many words of a mask are looked at together. */
  private static final int CHUNK = 256;

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
    long[] chosen = new long[Math.min(CHUNK, mask.length)];
    BitMoves moves = new BitMoves(chosen.length);
    for (int from = 0; from < mask.length; from += CHUNK) {
      int end = Math.min(from + CHUNK, mask.length);
      System.arraycopy(words, from, chosen, 0, end - from);
      moves.follow(mask, from, end);
      moves.gather(chosen);
      for (int w = from; w < end; w++) {
        int count = Long.bitCount(mask[w]);
        if (count > 0) {
          out[to >>> 6] |= chosen[w - from] << to;
          if ((to & 63) + count > 64) {
            out[(to >>> 6) + 1] = chosen[w - from] >>> -to;
          }
          to += count;
        }
      }
    }
    Arrays.fill(chosen, 0);
    return out;
  }

  /** Puts the bits where the mask has ones, in order; takes {@link #select} back. */
  static long[] spread(long[] words, long[] mask) {
    long[] out = new long[mask.length];
    int read = 0;
    long[] next = new long[Math.min(CHUNK, mask.length)];
    BitMoves moves = new BitMoves(next.length);
    for (int from = 0; from < mask.length; from += CHUNK) {
      int end = Math.min(from + CHUNK, mask.length);
      for (int w = from; w < end; w++) {
        int count = Long.bitCount(mask[w]);
        next[w - from] = 0;
        if (count > 0) {
          next[w - from] = words[read >>> 6] >>> read;
          if ((read & 63) + count > 64) {
            next[w - from] |= words[(read >>> 6) + 1] << -read;
          }
          read += count;
        }
      }
      moves.follow(mask, from, end);
      moves.scatter(next);
      System.arraycopy(next, 0, out, from, end - from);
    }
    return out;
  }

  static byte[] toBytes(long[] words, int length) {
    long[] turned = new long[words.length];
    BitReversal.reverse(words, turned, words.length);
    byte[] bytes = new byte[(int) (((long) length + 7) >>> 3)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int whole = bytes.length / Long.BYTES;
    buffer.asLongBuffer().put(turned, 0, whole);
    for (int i = whole * Long.BYTES; i < bytes.length; i++) {
      bytes[i] = (byte) (turned[whole] >>> (56 - 8 * (i & 7)));
    }
    Arrays.fill(turned, 0);
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
    int whole = bytes.length / Long.BYTES;
    ByteBuffer.wrap(bytes).asLongBuffer().get(words, 0, whole);
    for (int i = whole * Long.BYTES; i < bytes.length; i++) {
      words[whole] |= (bytes[i] & 0xffL) << (56 - 8 * (i & 7));
    }
    BitReversal.reverse(words, words, words.length);
    return words;
  }
}
