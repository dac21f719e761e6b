package org.eveproof.delivery.health;

import java.util.Arrays;

/**
 * A block of key under test: its bytes, and its bits in words. The bytes stay the caller's; the
 * words are wiped when the block is closed.
 */
final class Block implements AutoCloseable {
  private final byte[] bytes;
  private final long[] words;

  Block(byte[] bytes) {
    this.bytes = bytes;
    // One word more, so that each word has a next one.
    this.words = new long[bytes.length / Long.BYTES + 2];
    for (int i = 0; i < bytes.length; i++) {
      words[i >> 3] |= (bytes[i] & 0xffL) << (8 * (i & 7));
    }
  }

  int length() {
    return bytes.length;
  }

  long bits() {
    return 8L * bytes.length;
  }

  /** Returns byte {@code index} as a number from 0 to 255. */
  int at(int index) {
    return bytes[index] & 0xff;
  }

  /** Returns bit {@code index}; bit 0 is the lowest of the first byte. */
  int bit(long index) {
    return (int) (words[(int) (index >> 6)] >>> index & 1);
  }

  /** Returns how many bits differ from the bit {@code lag} places on; at least 1. */
  long changes(int lag) {
    long sum = 0;
    for (int w = 0; 64L * w < bits() - lag; w++) {
      sum += Long.bitCount(changes(w, lag));
    }
    return sum;
  }

  /** Returns how many zeros are followed by a one. */
  long rises() {
    long sum = 0;
    for (int w = 0; 64L * w < bits() - 1; w++) {
      sum += Long.bitCount(changes(w, 1) & ~words[w]);
    }
    return sum;
  }

  /** Returns the length of the longest run of equal bits. */
  int longestRun() {
    long longest = 0;
    long start = 0;
    for (int w = 0; 64L * w < bits() - 1; w++) {
      for (long rest = changes(w, 1); rest != 0; rest &= rest - 1) {
        long next = 64L * w + Long.numberOfTrailingZeros(rest) + 1;
        longest = Math.max(longest, next - start);
        start = next;
      }
    }
    return (int) Math.max(longest, bits() - start);
  }

  /** Returns a one for each bit of word {@code w} that differs from the bit {@code lag} on. */
  private long changes(int w, int lag) {
    int skip = lag >> 6;
    int shift = lag & 63;
    long low = words[w + skip] >>> shift;
    long later = shift == 0 ? low : low | words[w + skip + 1] << -shift;
    long within = bits() - lag - 64L * w;
    return (words[w] ^ later) & (within < 64 ? (1L << within) - 1 : -1);
  }

  /** Returns the number of ones. */
  long ones() {
    long sum = 0;
    for (long word : words) {
      sum += Long.bitCount(word);
    }
    return sum;
  }

  /** Returns the number of ones from a bit on; {@code from} is a multiple of 8, as is the count. */
  int ones(long from, int count) {
    int sum = 0;
    for (int at = (int) (from >> 3); at < (from + count) >> 3; at++) {
      sum += Integer.bitCount(at(at));
    }
    return sum;
  }

  /** Returns the number of ones among bits {@code place}, 0 to 7, of all bytes. */
  long ones(int place) {
    long mask = 0x0101010101010101L << place;
    long sum = 0;
    for (long word : words) {
      sum += Long.bitCount(word & mask);
    }
    return sum;
  }

  /** Returns how often each byte value occurs. */
  int[] histogram() {
    int[] counts = new int[256];
    for (byte value : bytes) {
      counts[value & 0xff]++;
    }
    return counts;
  }

  /** Returns eight bytes from {@code from} on. */
  long eightAt(int from) {
    int w = from >> 3;
    int shift = 8 * (from & 7);
    return shift == 0 ? words[w] : words[w] >>> shift | words[w + 1] << -shift;
  }

  /** Returns for how many bytes the block goes on alike at two places. */
  int common(int first, int second) {
    int end = bytes.length;
    int differs = Arrays.mismatch(bytes, first, end, bytes, second, end);
    return differs < 0 ? end - Math.max(first, second) : differs;
  }

  @Override
  public void close() {
    Arrays.fill(words, 0);
  }
}
