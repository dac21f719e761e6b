package org.eveproof.delivery.health;

import java.util.SplittableRandom;

/** Blocks for the tests of the gate: good ones, and bad ones of each kind. */
final class Keys {
  private Keys() {}

  static byte[] uniform(int length, long seed) {
    byte[] block = new byte[length];
    new SplittableRandom(seed).nextBytes(block);
    return block;
  }

  /** Returns independent bits of which a given share is one. */
  static byte[] biased(int length, double ones, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] block = new byte[length];
    for (int bit = 0; bit < 8 * length; bit++) {
      block[bit / 8] |= (byte) (random.nextDouble() < ones ? 1 << bit % 8 : 0);
    }
    return block;
  }

  /** Returns bits each of which differs from the last with a given probability. */
  static byte[] sticky(int length, double change, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] block = new byte[length];
    int last = 0;
    for (int bit = 0; bit < 8 * length; bit++) {
      last ^= random.nextDouble() < change ? 1 : 0;
      block[bit / 8] |= (byte) (last << bit % 8);
    }
    return block;
  }

  static byte[] periodic(int length, int period, long seed) {
    byte[] pattern = uniform(period, seed);
    byte[] block = new byte[length];
    for (int i = 0; i < length; i++) {
      block[i] = pattern[i % period];
    }
    return block;
  }

  /** Returns big-endian numbers of {@code width} bytes that count up. */
  static byte[] counter(int length, int width) {
    byte[] block = new byte[length];
    for (int i = 0; i < length; i++) {
      int shift = 8 * (width - 1 - i % width);
      block[i] = (byte) (shift < 64 ? (long) (i / width) >>> shift : 0);
    }
    return block;
  }

  /** Returns blocks of 16 uniform bytes, as a cipher makes them of few different plaintexts. */
  static byte[] codebook(int length, int entries, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] book = uniform(16 * entries, seed + 1);
    byte[] block = new byte[length];
    for (int i = 0; i + 16 <= length; i += 16) {
      System.arraycopy(book, 16 * random.nextInt(entries), block, i, 16);
    }
    return block;
  }

  /** Returns uniform bytes of which about a given share is replaced by zeros. */
  static byte[] mixture(int length, double zeros, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] block = uniform(length, seed + 1);
    for (int i = 0; i < length; i++) {
      block[i] = random.nextDouble() < zeros ? 0 : block[i];
    }
    return block;
  }

  /** Returns bytes with an even number of ones: each single bit, and each pair, is uniform. */
  static byte[] evenParity(int length, long seed) {
    byte[] block = uniform(length, seed);
    for (int i = 0; i < length; i++) {
      block[i] ^= (byte) (Integer.bitCount(block[i] & 0xff) & 1);
    }
    return block;
  }
}
