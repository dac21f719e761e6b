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
    if (keyBits < 1
        || blockBits.isEmpty()
        || blockBits.size() > MAX_PASSES
        || (long) keyBits * blockBits.size() > Integer.MAX_VALUE) {
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
   * in each further one. On 10<sup>4</sup> bits it discloses about 1.14 to 1.18 times the Shannon
   * limit n·h(Q) at error rates of 1 to 5 %.
   *
   * @param errorRate Q, expected error rate of the key, 0 to 1
   * @see <a href="https://doi.org/10.1007/3-540-48285-7_35">Brassard and Salvail, Secret-key
   *     reconciliation by public discussion (1994)</a>
   */
  public static CascadeSchedule original(int keyBits, double errorRate) {
    return new CascadeSchedule(keyBits, widening(keyBits, firstBlock(0.73, errorRate), 2, 4));
  }

  /**
   * Returns the schedule that discloses least: blocks of a power of two near 0.8/Q bits, since
   * these are halved to single bits without waste; then eight times as long, so that most of the
   * errors that are left are found again in short parts of the first blocks; and then sixteen
   * passes of two blocks, which cost a bit each and leave a pair of errors with a chance of
   * 2<sup>−16</sup>. On 10<sup>5</sup> bits it discloses about 1.03 to 1.05 times the limit at
   * error rates of 1 to 5 %, in 160 to 340 round trips, which the keys of a batch share.
   *
   * @param errorRate Q, expected error rate of the key, 0 to 1
   * @see <a href="https://arxiv.org/abs/1407.3257">Martinez-Mateo et al., Demystifying the
   *     information reconciliation protocol Cascade (2015): powers of two, parts of blocks used
   *     again, and passes with blocks of half the key, after Yan et al. (2008)</a>
   */
  public static CascadeSchedule efficient(int keyBits, double errorRate) {
    int half = (keyBits + 1) / 2;
    double first = Math.pow(2, Math.rint(Math.log(firstBlock(0.8, errorRate)) / Math.log(2)));
    List<Integer> blocks = widening(half, first, 8, 2);
    blocks.addAll(Collections.nCopies(16, half));
    return new CascadeSchedule(keyBits, blocks);
  }

  /**
   * Returns the schedule of the reference link: as the original one, but with blocks three times as
   * long in each further pass and never longer than half of the key, and then eight passes of two
   * blocks. The wider steps disclose less (1.09 to 1.12 times the limit), since errors are mostly
   * found again in the parts of blocks that are already known; the last passes let a pair of
   * remaining errors through with a chance of 1/256, for 16 bits.
   *
   * @param errorRate Q, expected error rate of the key, 0 to 1
   */
  public static CascadeSchedule wide(int keyBits, double errorRate) {
    int half = (keyBits + 1) / 2;
    List<Integer> blocks = widening(half, firstBlock(0.73, errorRate), 3, 4);
    blocks.addAll(Collections.nCopies(8, half));
    return new CascadeSchedule(keyBits, blocks);
  }

  /** Returns the length of first blocks with so many errors each. */
  private static double firstBlock(double errors, double errorRate) {
    if (!(errorRate >= 0 && errorRate <= 1)) {
      throw new IllegalArgumentException("errorRate=" + errorRate);
    }
    return Math.ceil(errors / errorRate);
  }

  private static List<Integer> widening(int longest, double first, int factor, int passes) {
    List<Integer> blocks = new ArrayList<>();
    double bits = first;
    for (int pass = 0; pass < passes; pass++) {
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

  /**
   * Returns the number of parities with which Alice opens: those of all blocks of all passes, but
   * for the last block of each further pass, which follows from the others since the parity of the
   * whole key is known.
   */
  public int openingBits() {
    int sum = 1;
    for (int pass = 0; pass < passes(); pass++) {
      sum += blocks(pass) - 1;
    }
    return sum;
  }

  /** Asks for these parities. */
  ParityQueries opening() {
    int[] starts = new int[openingBits()];
    int[] lengths = new int[starts.length];
    int q = 0;
    for (int pass = 0; pass < passes(); pass++) {
      int bits = blockBits.get(pass);
      int asked = pass == 0 ? blocks(0) : blocks(pass) - 1;
      for (int b = 0; b < asked; b++) {
        starts[q] = pass * keyBits + b * bits;
        lengths[q] = Math.min(bits, keyBits - b * bits);
        q++;
      }
    }
    return new ParityQueries(starts, lengths);
  }

  /** Returns the shuffle of one pass. */
  Shuffle shuffle(long seed, int pass) {
    return keyBits >= HalvesShuffle.LEAST_BITS && blocks(pass) <= 2
        ? new HalvesShuffle(keyBits, seed, pass)
        : new GridShuffle(keyBits, seed, pass);
  }

  /** Returns the length of the shuffled keys of all passes together. */
  int stringBits() {
    return keyBits * passes();
  }

  /** Returns the seed for one of several keys: none of its passes has a shuffle of another's. */
  static Bits seedOfKey(Bits seed, int key) {
    if (seed.length() != SEED_BITS) {
      throw new IllegalArgumentException("seed of " + seed.length() + " bits");
    }
    long number = seed.toWords()[0] + (long) key * MAX_PASSES;
    return Bits.ofWords(new long[] {number}, SEED_BITS);
  }

  /** Checks that so many keys can be corrected together. */
  void requireKeys(int keys) {
    if (keys < 1 || (long) stringBits() * keys > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(keys + " keys of " + keyBits + " bits");
    }
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
