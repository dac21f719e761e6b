package org.eveproof.postprocessing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * Alice's side of Cascade: she answers with parities of her key, which never changes. Each bit of
 * an answer is one bit of leak, for both parties to count.
 *
 * @see <a href="https://doi.org/10.1007/3-540-48285-7_35">Brassard and Salvail, Secret-key
 *     reconciliation by public discussion (1994)</a>
 */
public final class CascadeAlice implements AutoCloseable {
  private final SecretBits key;
  private final CascadeSchedule schedule;
  private final long seed;

  /**
   * For each pass so far: bit i is the parity of the first i bits of the shuffled key. Empty where
   * it was dropped.
   */
  private final List<long[]> prefixParities = new ArrayList<>();

  /**
   * Begins the reconciliation.
   *
   * @param key her key, which the caller keeps and destroys
   * @param seed public seed of the shuffles, {@value CascadeSchedule#SEED_BITS} bits
   */
  public CascadeAlice(SecretBits key, CascadeSchedule schedule, Bits seed) {
    this.key = key;
    this.schedule = schedule;
    this.seed = schedule.seedOf(key, seed);
  }

  /** Returns her first message: the parities that {@link CascadeSchedule#openingBits} counts. */
  public Bits open() {
    long[] parities = new long[(schedule.openingBits() + 63) >>> 6];
    int count = 0;
    for (int pass = 0; pass < schedule.passes(); pass++) {
      int blockBits = schedule.blockBits().get(pass);
      int last = schedule.blocks(pass) - 1;
      if (pass > 0 && last == 1) {
        // Bob asks more about few of these: a table would be a waste of time and memory.
        parities[count >>> 6] |= firstParity(pass, blockBits) << count;
        count++;
      } else {
        long[] prefix = prefixParities(pass);
        for (int b = 0; b < last; b++, count++) {
          long parity = bit(prefix, b * blockBits) ^ bit(prefix, (b + 1) * blockBits);
          parities[count >>> 6] |= parity << count;
        }
        if (pass == 0) {
          long parity = bit(prefix, last * blockBits) ^ bit(prefix, schedule.keyBits());
          parities[count >>> 6] |= parity << count;
          count++;
        }
      }
    }
    return Bits.ofWords(parities, count);
  }

  /**
   * Returns the parities that Bob asks for, in order.
   *
   * @param queries made for the same schedule
   */
  public Bits answer(ParityQueries queries) {
    long[] answers = new long[(queries.size() + 63) >>> 6];
    int keyBits = schedule.keyBits();
    int pass = 0;
    int offset = 0;
    long[] prefix = prefixParities(pass);
    for (int w = 0; w < answers.length; w++) {
      long word = 0;
      int end = Math.min(queries.size(), 64 * (w + 1));
      for (int q = 64 * w; q < end; q++) {
        int start = queries.start(q) - offset;
        while (start >= keyBits) {
          pass++;
          offset += keyBits;
          start -= keyBits;
          prefix = prefixParities(pass);
        }
        word |= (bit(prefix, start) ^ bit(prefix, queries.end(q) - offset)) << q;
      }
      answers[w] = word;
    }
    return Bits.ofWords(answers, queries.size());
  }

  /** Overwrites what was derived from the key. */
  @Override
  public void close() {
    for (long[] prefix : prefixParities) {
      Arrays.fill(prefix, 0);
    }
    prefixParities.clear();
  }

  private long[] prefixParities(int pass) {
    while (prefixParities.size() <= pass) {
      prefixParities.add(new long[0]);
    }
    if (prefixParities.get(pass).length == 0) {
      long[] shuffled = shuffled(pass);
      prefixParities.set(pass, prefixParitiesOf(shuffled));
      Arrays.fill(shuffled, 0);
    }
    return prefixParities.get(pass);
  }

  /** Returns the parity of the first so many bits of the shuffled key of a pass. */
  private long firstParity(int pass, int bits) {
    long[] shuffled = shuffled(pass);
    int last = (bits - 1) >>> 6;
    long sum = shuffled[last] & -1L >>> -bits;
    for (int w = 0; w < last; w++) {
      sum ^= shuffled[w];
    }
    Arrays.fill(shuffled, 0);
    return Long.bitCount(sum) & 1;
  }

  private long[] shuffled(int pass) {
    long[] words = key.toWords();
    long[] shuffled = schedule.shuffle(seed, pass).shuffle(words);
    Arrays.fill(words, 0);
    return shuffled;
  }

  /** Sums up in steps of 1, 2, 4 ... bits within each word, and carries from word to word. */
  private long[] prefixParitiesOf(long[] bits) {
    long[] prefix = new long[(schedule.keyBits() >>> 6) + 1];
    long carry = 0;
    for (int w = 0; w < bits.length; w++) {
      long sums = bits[w];
      sums ^= sums << 1;
      sums ^= sums << 2;
      sums ^= sums << 4;
      sums ^= sums << 8;
      sums ^= sums << 16;
      sums ^= sums << 32;
      prefix[w] = (sums << 1) ^ carry;
      carry ^= sums >> 63;
    }
    if (prefix.length > bits.length) {
      prefix[bits.length] = carry;
    }
    return prefix;
  }

  private static long bit(long[] words, int index) {
    return words[index >>> 6] >>> index & 1;
  }
}
