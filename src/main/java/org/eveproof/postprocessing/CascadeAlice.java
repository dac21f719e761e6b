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

  /** For each pass so far: bit i is the parity of the first i bits of the shuffled key. */
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

  /** Returns the parities of all blocks of the first pass: her first message. */
  public Bits open() {
    return answer(schedule.allBlocks(0));
  }

  /**
   * Returns the parities that Bob asks for, in order.
   *
   * @param queries made for the same schedule
   */
  public Bits answer(ParityQueries queries) {
    while (prefixParities.size() <= queries.pass()) {
      prefixParities.add(prefixParities(prefixParities.size()));
    }
    long[] prefix = prefixParities.get(queries.pass());
    return Bits.of(
        queries.size(), q -> (bit(prefix, queries.start(q)) ^ bit(prefix, queries.end(q))) != 0);
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
    int[] positions = PublicPermutation.positions(schedule.keyBits(), seed, pass);
    long[] words = key.toWords();
    long[] prefix = new long[(positions.length >>> 6) + 1];
    long parity = 0;
    for (int i = 0; i < positions.length; i++) {
      parity ^= bit(words, positions[i]);
      prefix[(i + 1) >>> 6] |= parity << (i + 1);
    }
    Arrays.fill(words, 0);
    return prefix;
  }

  private static long bit(long[] words, int index) {
    return words[index >>> 6] >>> index & 1;
  }
}
