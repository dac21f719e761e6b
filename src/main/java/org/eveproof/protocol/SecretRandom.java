package org.eveproof.protocol;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.LongSupplier;
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
   * Returns biased bits that stay secret, each drawn by itself.
   *
   * @param one probability of a one, 0 to 1; exact to 2⁻⁶³, see {@link BiasedCoins}
   */
  public SecretBits secretBits(int length, double one) {
    long threshold = BiasedCoins.threshold(one);
    long[] words = PackedBits.zeros(length);
    RandomGenerator inBulk = inBulk();
    LongSupplier fair = inBulk::nextLong;
    Arrays.setAll(words, w -> BiasedCoins.word(threshold, fair));
    if (inBulk instanceof Fetched fetched) {
      fetched.wipe();
    }
    SecretBits bits = SecretBits.ofWords(words, length);
    Arrays.fill(words, 0);
    return bits;
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
    RandomGenerator positions = inBulk();
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

  /** Returns the source for many small draws. */
  private RandomGenerator inBulk() {
    return source instanceof SecureRandom secure ? new Fetched(secure) : source;
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

    /** Forgets the words, those that were handed out too. */
    void wipe() {
      Arrays.fill(words, 0);
      half = 0;
      next = words.length;
      halfLeft = false;
    }

    @Override
    public int nextInt() {
      half = halfLeft ? half >>> 32 : nextLong();
      halfLeft = !halfLeft;
      return (int) half;
    }
  }
}
