package org.eveproof.postprocessing.ldpc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eveproof.postprocessing.Reconciliation;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * Reconciliation of one key by syndromes, in one to three round trips. The key is cut into blocks
 * of one length, about {@value #BLOCK_BITS} bits; the last one is filled up with zeros, which
 * everybody knows.
 */
public final class LdpcReconciliation implements Reconciliation {
  private static final int BLOCK_BITS = 1 << 17;

  /** Lengths of blocks are multiples of this, so that few codes serve keys of all lengths. */
  private static final int STEP = 1 << 12;

  private final int keyBits;
  private final int blocks;
  private final LdpcPlan plan;

  private LdpcReconciliation(int keyBits, int blocks, LdpcPlan plan) {
    this.keyBits = keyBits;
    this.blocks = blocks;
    this.plan = plan;
  }

  /**
   * Returns the plan for a key.
   *
   * @param errorRate Q, expected error rate of the key
   * @return nothing if the codes are not for such keys: for fewer bits than {@value
   *     LdpcPlan#LEAST_BITS}, or for another error rate than {@value LdpcPlan#LEAST_ERROR_RATE} to
   *     {@value LdpcPlan#MOST_ERROR_RATE}
   */
  public static Optional<Reconciliation> of(int keyBits, double errorRate) {
    if (keyBits < LdpcPlan.LEAST_BITS
        || !(errorRate >= LdpcPlan.LEAST_ERROR_RATE && errorRate <= LdpcPlan.MOST_ERROR_RATE)) {
      return Optional.empty();
    }
    int blocks = ceil(keyBits, BLOCK_BITS);
    int block = STEP * ceil(ceil(keyBits, blocks), STEP);
    return Optional.of(new LdpcReconciliation(keyBits, blocks, LdpcPlan.of(block, errorRate)));
  }

  private static int ceil(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  @Override
  public int seedBits() {
    return 0;
  }

  @Override
  public int openingBits() {
    return blocks * plan.parities(0);
  }

  @Override
  public Alice alice(SecretBits key, Bits seed) {
    requireSeed(seed);
    List<SecretBits> cut = cut(key);
    LdpcAlice ldpc = new LdpcAlice(cut, plan);
    return new Alice() {
      @Override
      public Bits open() {
        return ldpc.open();
      }

      @Override
      public Optional<Question> read(byte[] question) {
        return asked(question)
            .filter(ldpc::mayBeAsked)
            .map(blocksInQuestion -> () -> ldpc.answer(blocksInQuestion));
      }

      @Override
      public void close() {
        cut.forEach(SecretBits::close);
      }
    };
  }

  /** Reads which blocks are asked about. */
  private Optional<Bits> asked(byte[] question) {
    try {
      return Optional.of(Bits.fromBytes(question, blocks));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public Bob bob(SecretBits key, Bits seed) {
    requireSeed(seed);
    List<SecretBits> cut = cut(key);
    LdpcBob ldpc = new LdpcBob(cut, plan);
    return new Bob() {
      @Override
      public int awaitedBits() {
        return ldpc.awaitedBits();
      }

      @Override
      public Optional<byte[]> take(Bits parities) {
        return ldpc.take(parities).map(Bits::toBytes);
      }

      @Override
      public SecretBits corrected() {
        return join(ldpc.corrected());
      }

      @Override
      public void close() {
        ldpc.close();
        cut.forEach(SecretBits::close);
      }
    };
  }

  private static void requireSeed(Bits seed) {
    if (seed.length() != 0) {
      throw new IllegalArgumentException("a seed of " + seed.length() + " bits instead of none");
    }
  }

  /** Returns the blocks of a key, each with a life of its own. */
  private List<SecretBits> cut(SecretBits key) {
    if (key.length() != keyBits) {
      throw new IllegalArgumentException("key of " + key.length() + " bits, not " + keyBits);
    }
    int block = plan.keyBits();
    List<SecretBits> cut = new ArrayList<>();
    for (int from = 0; from < blocks * block; from += block) {
      int start = Math.min(from, keyBits);
      try (SecretBits part = key.slice(start, Math.min(from + block, keyBits))) {
        long[] words = part.toWords();
        long[] filled = Arrays.copyOf(words, block / Long.SIZE);
        cut.add(SecretBits.ofWords(filled, block));
        Arrays.fill(words, 0);
        Arrays.fill(filled, 0);
      }
    }
    return cut;
  }

  /** Puts blocks together again, without what they were filled up with; they are destroyed. */
  private SecretBits join(List<SecretBits> parts) {
    int block = plan.keyBits();
    long[] words = new long[blocks * (block / Long.SIZE)];
    for (int b = 0; b < blocks; b++) {
      try (SecretBits part = parts.get(b)) {
        long[] own = part.toWords();
        System.arraycopy(own, 0, words, b * own.length, own.length);
        Arrays.fill(own, 0);
      }
    }
    long[] trimmed = Arrays.copyOf(words, (keyBits + Long.SIZE - 1) / Long.SIZE);
    SecretBits joined = SecretBits.ofWords(trimmed, keyBits);
    Arrays.fill(words, 0);
    Arrays.fill(trimmed, 0);
    return joined;
  }
}
