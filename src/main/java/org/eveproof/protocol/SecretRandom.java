package org.eveproof.protocol;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The source of everything that Eve must not foresee: Alice's bits, both parties' bases, the choice
 * of the sample, and the seeds of the public hash functions.
 *
 * <p>A type apart from {@link RandomGenerator}, which drives the simulated physics: a generator
 * that anybody can wind back reaches a key only through {@link #simulated}, which says so.
 */
public final class SecretRandom {
  private final RandomGenerator source;
  private final boolean simulated;

  private SecretRandom(RandomGenerator source, boolean simulated) {
    this.source = source;
    this.simulated = simulated;
  }

  /** Returns the operating system's generator: the one for keys. */
  public static SecretRandom secure() {
    return new SecretRandom(new SecureRandom(), false);
  }

  /**
   * Returns a stand-in that repeats itself for equal seeds. Keys made from it are worth nothing;
   * they serve tests, models and demonstrations only.
   */
  public static SecretRandom simulated(RandomGenerator seeded) {
    return new SecretRandom(seeded, true);
  }

  /** Whether the bits come from a seeded stand-in, so that no key may be used in earnest. */
  public boolean isSimulated() {
    return simulated;
  }

  /** Returns uniform bits that stay secret. */
  public SecretBits secretBits(int length) {
    long[] words = words(length);
    SecretBits bits = SecretBits.ofWords(words, length);
    Arrays.fill(words, 0);
    return bits;
  }

  /**
   * Returns biased bits that stay secret, each drawn by itself. A lane of each word compares a
   * random binary fraction with the probability, digit by digit, and is decided at the first digit
   * that differs.
   *
   * @param one probability of a one, 0 to 1; exact to 2⁻⁶³
   */
  public SecretBits secretBits(int length, double one) {
    if (!(one >= 0 && one <= 1)) {
      throw new IllegalArgumentException("one=" + one);
    }
    long threshold = (long) (one * 0x1p63) << 1;
    long[] words = PackedBits.zeros(length);
    for (int w = 0; w < words.length; w++) {
      words[w] = one == 1 ? -1L : biased(threshold);
    }
    SecretBits bits = SecretBits.ofWords(words, length);
    Arrays.fill(words, 0);
    return bits;
  }

  private long biased(long threshold) {
    long ones = 0;
    long undecided = -1L;
    for (long digits = threshold; digits != 0 && undecided != 0; digits <<= 1) {
      long random = source.nextLong();
      long digit = digits >> 63;
      ones |= undecided & ~random & digit;
      undecided &= random ^ ~digit;
    }
    return ones;
  }

  /** Returns uniform bits that will be published, unforeseeable until then. */
  public Bits publicBits(int length) {
    return Bits.ofWords(words(length), length);
  }

  /**
   * Returns a uniformly random subset, as a mask.
   *
   * @param size number of positions to choose from, at least 0
   * @param chosen number of positions in the subset, 0 to {@code size}
   */
  public Bits subset(int size, int chosen) {
    if (chosen < 0 || chosen > size) {
      throw new IllegalArgumentException(chosen + " out of " + size);
    }
    // Of a subset and its complement the smaller one is drawn, so that few draws hit twice.
    int drawn = Math.min(chosen, size - chosen);
    RandomGenerator positions =
        source instanceof SecureRandom secure ? new Fetched(secure) : source;
    long[] mask = PackedBits.zeros(size);
    for (int ones = 0; ones < drawn; ) {
      int position = positions.nextInt(size);
      if (!PackedBits.get(mask, size, position)) {
        mask[position >>> 6] |= 1L << position;
        ones++;
      }
    }
    Bits subset = Bits.ofWords(mask, size);
    return drawn == chosen ? subset : subset.not();
  }

  /** Returns this source in the form that the providers of cryptography ask for. */
  public SecureRandom asSecureRandom() {
    return source instanceof SecureRandom secure ? secure : new Repeatable(source);
  }

  /** A seeded stand-in in the form of a {@link SecureRandom}; as worthless as its source. */
  private static final class Repeatable extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient RandomGenerator source;

    Repeatable(RandomGenerator source) {
      this.source = source;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      source.nextBytes(bytes);
    }
  }

  private long[] words(int length) {
    long[] words = PackedBits.zeros(length);
    if (source instanceof SecureRandom secure) {
      fill(words, secure);
    } else {
      Arrays.setAll(words, w -> source.nextLong());
    }
    return words;
  }

  /** Takes all words at once, since each call of the operating system's generator is dear. */
  private static void fill(long[] words, SecureRandom secure) {
    byte[] bytes = new byte[words.length * Long.BYTES];
    secure.nextBytes(bytes);
    ByteBuffer.wrap(bytes).asLongBuffer().get(words);
    Arrays.fill(bytes, (byte) 0);
  }

  /** Fetches words of the operating system's generator in advance, and hands them out. */
  private static final class Fetched implements RandomGenerator {
    private final SecureRandom secure;
    private final long[] words = new long[512];
    private int next = words.length;
    private long half;
    private boolean halfLeft;

    Fetched(SecureRandom secure) {
      this.secure = secure;
    }

    @Override
    public long nextLong() {
      if (next == words.length) {
        fill(words, secure);
        next = 0;
      }
      return words[next++];
    }

    @Override
    public int nextInt() {
      half = halfLeft ? half >>> 32 : nextLong();
      halfLeft = !halfLeft;
      return (int) half;
    }
  }
}
