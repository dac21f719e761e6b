package org.eveproof.postprocessing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * Bob's side of Cascade: he compares Alice's parities with those of his own key, halves the ranges
 * where they differ until he has found the wrong bits, and turns these over.
 *
 * <p>What he knows of each pass is a partition of the shuffled key into ranges with known parity.
 * To ask for the first half of a range splits it; the parity of the second half follows. Each bit
 * that is turned over changes one range in every pass, and may show an error there that a second
 * one had hidden: the cascade. All ranges of one pass that differ are halved in one batch, so that
 * the number of round trips grows with the logarithm of the key's length. Nothing is asked twice,
 * so it ends even if the parities are lies.
 *
 * @see <a href="https://doi.org/10.1007/3-540-48285-7_35">Brassard and Salvail, Secret-key
 *     reconciliation by public discussion (1994)</a>
 */
public final class CascadeBob implements AutoCloseable {
  private final SecretBits key;
  private final CascadeSchedule schedule;
  private final long seed;
  private final List<Pass> passes = new ArrayList<>();
  private final long[] corrections;
  private Optional<ParityQueries> pending;

  /**
   * Begins the reconciliation; Alice speaks first.
   *
   * @param key his key with errors, which the caller keeps and destroys
   * @param seed public seed of the shuffles, {@value CascadeSchedule#SEED_BITS} bits
   */
  public CascadeBob(SecretBits key, CascadeSchedule schedule, Bits seed) {
    this.key = key;
    this.schedule = schedule;
    this.seed = schedule.seedOf(key, seed);
    this.corrections = new long[(schedule.keyBits() + 63) >>> 6];
    this.pending = Optional.of(schedule.allBlocks(0));
  }

  /** Returns the number of parities that Alice's next message must hold; 0 if he is done. */
  public int awaitedBits() {
    return pending.map(ParityQueries::size).orElse(0);
  }

  /**
   * Takes Alice's parities, and corrects what they show.
   *
   * @param parities the answers to the last queries, in order
   * @return what to ask next; nothing if he is done
   * @throws IllegalArgumentException if the number of parities is not {@link #awaitedBits}
   */
  public Optional<ParityQueries> take(Bits parities) {
    ParityQueries asked =
        pending.orElseThrow(() -> new IllegalStateException("reconciliation is over"));
    if (parities.length() != asked.size()) {
      throw new IllegalArgumentException(
          parities.length() + " parities instead of " + asked.size());
    }
    if (asked.pass() == passes.size()) {
      Pass opened = new Pass(key, corrections, schedule, seed, asked.pass());
      opened.compareBlocks(asked, parities);
      passes.add(opened);
    } else {
      passes.get(asked.pass()).split(asked, parities);
    }
    pending = next(passes.get(asked.pass()));
    return pending;
  }

  /**
   * Returns his key with the corrections so far, to be destroyed on its own. Errors may remain: two
   * in the same block of every pass, or those that he still wants to ask about and may not. {@link
   * ErrorVerification} tells.
   */
  public SecretBits corrected() {
    long[] words = key.toWords();
    for (int w = 0; w < words.length; w++) {
      words[w] ^= corrections[w];
    }
    SecretBits corrected = SecretBits.ofWords(words, key.length());
    Arrays.fill(words, 0);
    return corrected;
  }

  /** Overwrites what was derived from the key. */
  @Override
  public void close() {
    passes.forEach(Pass::wipe);
    passes.clear();
    Arrays.fill(corrections, 0);
  }

  /** Stays with the last pass while it shows errors, then goes to the first one that does. */
  private Optional<ParityQueries> next(Pass last) {
    correctSingleBits(last);
    Pass busy = last;
    for (int p = 0; p < passes.size() && !busy.showsErrors(); p++) {
      busy = passes.get(p);
      correctSingleBits(busy);
    }
    if (busy.showsErrors()) {
      return Optional.of(busy.halves());
    }
    return passes.size() < schedule.passes()
        ? Optional.of(schedule.allBlocks(passes.size()))
        : Optional.empty();
  }

  private void correctSingleBits(Pass pass) {
    for (int position : pass.wrongPositions()) {
      corrections[position >>> 6] ^= 1L << position;
      passes.forEach(each -> each.turn(position));
    }
  }

  /** What Bob knows of one pass. Indices are those of the shuffled key. */
  private static final class Pass {
    private final int number;
    private final int length;
    private final int[] positions;
    private final int[] indices;

    /** His shuffled key. */
    private final long[] bits;

    /** A one where a range starts, and one past the end of the key. */
    private final long[] starts;

    /** A one where a range starts whose parity differs from Alice's. */
    private final long[] odd;

    Pass(SecretBits key, long[] corrections, CascadeSchedule schedule, long seed, int number) {
      this.number = number;
      this.length = schedule.keyBits();
      this.positions = PublicPermutation.positions(length, seed, number);
      this.indices = new int[length];
      this.bits = new long[(length >>> 6) + 1];
      this.starts = new long[bits.length];
      this.odd = new long[bits.length];
      long[] words = key.toWords();
      for (int i = 0; i < length; i++) {
        int position = positions[i];
        indices[position] = i;
        long bit = (words[position >>> 6] ^ corrections[position >>> 6]) >>> position & 1;
        bits[i >>> 6] |= bit << i;
      }
      Arrays.fill(words, 0);
      turn(starts, length);
    }

    void compareBlocks(ParityQueries blocks, Bits parities) {
      for (int b = 0; b < blocks.size(); b++) {
        turn(starts, blocks.start(b));
        if (parities.get(b) != parity(blocks.start(b), blocks.end(b))) {
          turn(odd, blocks.start(b));
        }
      }
    }

    /** Learns the parities of the first halves of ranges that differ. */
    void split(ParityQueries halves, Bits parities) {
      for (int h = 0; h < halves.size(); h++) {
        int start = halves.start(h);
        int middle = halves.end(h);
        turn(starts, middle);
        if (parities.get(h) == parity(start, middle)) {
          turn(odd, start);
          turn(odd, middle);
        }
      }
    }

    boolean showsErrors() {
      for (long word : odd) {
        if (word != 0) {
          return true;
        }
      }
      return false;
    }

    /** Asks for the first half of each range that differs. */
    ParityQueries halves() {
      int[] from = ones(odd);
      int[] lengths = new int[from.length];
      for (int i = 0; i < from.length; i++) {
        lengths[i] = (nextOne(starts, from[i] + 1) - from[i]) / 2;
      }
      return new ParityQueries(number, from, lengths);
    }

    /** Returns the positions in the key of the ranges that differ and have but one bit. */
    int[] wrongPositions() {
      return Arrays.stream(ones(odd))
          .filter(start -> nextOne(starts, start + 1) == start + 1)
          .map(start -> positions[start])
          .toArray();
    }

    /** Turns one bit of the key over. */
    void turn(int position) {
      int index = indices[position];
      turn(bits, index);
      turn(odd, previousOne(starts, index));
    }

    void wipe() {
      Arrays.fill(bits, 0);
      Arrays.fill(odd, 0);
      Arrays.fill(starts, 0);
    }

    private boolean parity(int from, int to) {
      int first = from >>> 6;
      int last = (to - 1) >>> 6;
      long sum = 0;
      for (int w = first + 1; w < last; w++) {
        sum ^= bits[w];
      }
      long head = -1L << from;
      long tail = -1L >>> -to;
      sum ^=
          first == last ? (bits[first] & head & tail) : (bits[first] & head) ^ (bits[last] & tail);
      return (Long.bitCount(sum) & 1) != 0;
    }

    private static void turn(long[] words, int index) {
      words[index >>> 6] ^= 1L << index;
    }

    private static int[] ones(long[] words) {
      int count = 0;
      for (long word : words) {
        count += Long.bitCount(word);
      }
      int[] ones = new int[count];
      int next = 0;
      for (int w = 0; w < words.length; w++) {
        for (long rest = words[w]; rest != 0; rest &= rest - 1) {
          ones[next++] = (w << 6) + Long.numberOfTrailingZeros(rest);
        }
      }
      return ones;
    }

    private static int nextOne(long[] words, int from) {
      int w = from >>> 6;
      long rest = words[w] & (-1L << from);
      while (rest == 0) {
        rest = words[++w];
      }
      return (w << 6) + Long.numberOfTrailingZeros(rest);
    }

    private static int previousOne(long[] words, int from) {
      int w = from >>> 6;
      long rest = words[w] & (-1L >>> ~from);
      while (rest == 0) {
        rest = words[--w];
      }
      return (w << 6) + 63 - Long.numberOfLeadingZeros(rest);
    }
  }
}
