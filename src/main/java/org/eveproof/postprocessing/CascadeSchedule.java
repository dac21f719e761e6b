package org.eveproof.postprocessing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * The passes of Cascade, known to both parties before it starts.
 *
 * @param keyBits length of the key, at least 1
 * @param blockBits length of the blocks of each pass, 1 to {@code keyBits}; the last block of a
 *     pass may be shorter
 */
public record CascadeSchedule(int keyBits, List<Integer> blockBits) {
  /** Greatest number of passes. */
  public static final int MAX_PASSES = 64;

  /** Length of the public seed of the shuffles in bits. */
  public static final int SEED_BITS = 64;

  /** Checks the ranges. */
  public CascadeSchedule {
    blockBits = List.copyOf(blockBits);
    if (keyBits < 1 || blockBits.isEmpty() || blockBits.size() > MAX_PASSES) {
      throw new IllegalArgumentException("keyBits=" + keyBits + ", passes=" + blockBits.size());
    }
    for (int bits : blockBits) {
      if (bits < 1 || bits > keyBits) {
        throw new IllegalArgumentException("block of " + bits + " in a key of " + keyBits);
      }
    }
  }

  /**
   * Returns the original schedule: four passes, blocks of ⌈0.73/Q⌉ bits in the first, twice as long
   * in each further one. On 10<sup>4</sup> bits it discloses about 1.13 to 1.17 times the Shannon
   * limit n·h(Q) at error rates of 1 to 5 %.
   *
   * @param errorRate Q, expected error rate of the key, 0 to 1
   * @see <a href="https://doi.org/10.1007/3-540-48285-7_35">Brassard and Salvail, Secret-key
   *     reconciliation by public discussion (1994)</a>
   */
  public static CascadeSchedule original(int keyBits, double errorRate) {
    return new CascadeSchedule(keyBits, widening(keyBits, keyBits, errorRate, 2));
  }

  /**
   * Returns the schedule of the reference link: as the original one, but with blocks three times as
   * long in each further pass and never longer than half of the key, and then eight passes of two
   * blocks. The wider steps disclose less (1.07 to 1.13 times the limit), since errors are mostly
   * found again in the parts of blocks that are already known; the last passes let a pair of
   * remaining errors through with a chance of 1/256, for 16 bits.
   *
   * @param errorRate Q, expected error rate of the key, 0 to 1
   */
  public static CascadeSchedule wide(int keyBits, double errorRate) {
    int half = (keyBits + 1) / 2;
    List<Integer> blocks = widening(keyBits, half, errorRate, 3);
    blocks.addAll(Collections.nCopies(8, half));
    return new CascadeSchedule(keyBits, blocks);
  }

  private static List<Integer> widening(int keyBits, int longest, double errorRate, int factor) {
    if (keyBits < 1 || !(errorRate >= 0 && errorRate <= 1)) {
      throw new IllegalArgumentException("keyBits=" + keyBits + ", errorRate=" + errorRate);
    }
    List<Integer> blocks = new ArrayList<>();
    double bits = Math.ceil(0.73 / errorRate);
    for (int pass = 0; pass < 4; pass++) {
      blocks.add((int) Math.min(longest, bits));
      bits *= factor;
    }
    return blocks;
  }

  /** Draws the seed of the shuffles; to be called once Eve can act on the pulses no more. */
  public static Bits drawSeed(SecretRandom random) {
    return random.publicBits(SEED_BITS);
  }

  /** Returns the number of passes. */
  public int passes() {
    return blockBits.size();
  }

  /** Returns the number of blocks of one pass, counted from 0. */
  public int blocks(int pass) {
    int bits = blockBits.get(pass);
    return (keyBits - 1) / bits + 1;
  }

  /** Asks for every block of one pass. */
  ParityQueries allBlocks(int pass) {
    int bits = blockBits.get(pass);
    int[] starts = new int[blocks(pass)];
    int[] lengths = new int[starts.length];
    for (int b = 0; b < starts.length; b++) {
      starts[b] = b * bits;
      lengths[b] = Math.min(bits, keyBits - starts[b]);
    }
    return new ParityQueries(pass, starts, lengths);
  }

  /** Checks that a key and a seed go with this schedule, and returns the seed as a number. */
  long seedOf(SecretBits key, Bits seed) {
    if (key.length() != keyBits || seed.length() != SEED_BITS) {
      throw new IllegalArgumentException(
          "key of " + key.length() + " bits, seed of " + seed.length() + " bits");
    }
    return seed.toWords()[0];
  }
}
