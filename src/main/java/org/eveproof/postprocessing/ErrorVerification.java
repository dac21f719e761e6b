package org.eveproof.postprocessing;

import java.security.MessageDigest;
import java.util.Arrays;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * Verifies that two reconciled keys are equal, by a universal hash with a fresh public seed.
 *
 * <p>The key is cut into s = ⌈n/128⌉ blocks m_1 ... m_s, the last one padded with zeros, and hashed
 * to the first t bits of m_1 H^s + m_2 H^(s−1) + ... + m_s H over GF(2<sup>128</sup>) modulo x^128
 * + x^7 + x^2 + x + 1; bit i of a block is the coefficient of x^i, as in GHASH. The difference of
 * two keys is a polynomial in H of degree at most s without constant term, so that different keys
 * of equal length agree for at most a fraction s·2<sup>−t</sup> of the seeds H. The seed must be
 * drawn after reconciliation. The t bits are public, and count as leaked.
 *
 * @param tagBits t, 1 to 128
 * @see <a href="https://doi.org/10.6028/NIST.SP.800-38D">NIST SP 800-38D, section 6.4 (GHASH)</a>
 */
public record ErrorVerification(int tagBits) {
  /** Length of a seed in bits. */
  public static final int SEED_BITS = 128;

  /** Checks the range. */
  public ErrorVerification {
    if (tagBits < 1 || tagBits > SEED_BITS) {
      throw new IllegalArgumentException("tagBits=" + tagBits);
    }
  }

  /** No hash of a link or of a distillation lets different keys pass more often than this. */
  public static final double MOST_EPSILON = 0x1p-64;

  /**
   * Returns the verification with the shortest hash that lets different keys pass with probability
   * at most {@code epsilon}.
   *
   * @param keyBits length of the keys in bits
   * @param epsilon in (0, 1), and not so small that 128 bits do not suffice
   */
  public static ErrorVerification forEpsilon(int keyBits, double epsilon) {
    int tagBits = 1;
    while (tagBits < SEED_BITS && new ErrorVerification(tagBits).epsilon(keyBits) > epsilon) {
      tagBits++;
    }
    ErrorVerification shortest = new ErrorVerification(tagBits);
    if (!(shortest.epsilon(keyBits) <= epsilon)) {
      throw new IllegalArgumentException("epsilon=" + epsilon + " is out of reach");
    }
    return shortest;
  }

  /** Returns the greatest probability that different keys of this length pass: ⌈n/128⌉ 2^−t. */
  public double epsilon(int keyBits) {
    return Math.scalb((double) blocks(keyBits), -tagBits);
  }

  /** Draws a seed; to be called once both keys are final. */
  public static Bits drawSeed(SecretRandom random) {
    return random.publicBits(SEED_BITS);
  }

  /**
   * Returns the hash of a key.
   *
   * @param seed {@value #SEED_BITS} bits
   */
  public Bits hash(SecretBits key, Bits seed) {
    if (seed.length() != SEED_BITS) {
      throw new IllegalArgumentException("seed of " + seed.length() + " bits");
    }
    long[] point = seed.toWords();
    BinaryField128 sum = new BinaryField128(point[0], point[1]);
    long[] words = key.toWords();
    for (int block = 0; block < blocks(key.length()); block++) {
      long high = 2 * block + 1 < words.length ? words[2 * block + 1] : 0;
      sum.addAndMultiply(words[2 * block], high);
    }
    Arrays.fill(words, 0);
    return Bits.ofWords(sum.words(), SEED_BITS).slice(0, tagBits);
  }

  /** Whether a key has the hash that the peer sent. */
  public boolean accepts(SecretBits key, Bits seed, Bits received) {
    return received.length() == tagBits
        && MessageDigest.isEqual(hash(key, seed).toBytes(), received.toBytes());
  }

  private static int blocks(int keyBits) {
    return (int) (((long) keyBits + SEED_BITS - 1) / SEED_BITS);
  }
}
