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
 * one had hidden: the cascade. All ranges of all passes that differ are halved in one batch, so
 * that the number of round trips grows with the logarithm of the key's length. Alice sends the
 * parities of the blocks of all passes at once, but he looks at those of a pass only when those
 * before it show no more errors. Nothing is asked twice, so it ends even if the parities are lies.
 *
 * @see <a href="https://doi.org/10.1007/3-540-48285-7_35">Brassard and Salvail, Secret-key
 *     reconciliation by public discussion (1994)</a>
 */
public final class CascadeBob implements AutoCloseable {
  private final SecretBits key;
  private final CascadeSchedule schedule;
  private final long seed;
  private final List<CascadePass> passes = new ArrayList<>();
  private final long[] corrections;
  private long[] opening = {};

  /** How many of the opening parities belong to the passes that he has looked at. */
  private int openingRead;

  /** The parity of Alice's whole key. */
  private int total;

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
    this.pending = Optional.of(schedule.opening());
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
    if (passes.isEmpty()) {
      opening = parities.toWords();
      open();
    } else {
      split(asked, parities);
    }
    pending = next();
    return pending;
  }

  /**
   * Returns his key with the corrections so far, to be destroyed on its own. Errors may remain: two
   * in the same block of every pass, or those that he still wants to ask about and may not. {@link
   * ErrorVerification} tells.
   */
  public SecretBits corrected() {
    long[] words = correctedWords();
    SecretBits corrected = SecretBits.ofWords(words, key.length());
    Arrays.fill(words, 0);
    return corrected;
  }

  /** Overwrites what was derived from the key. */
  @Override
  public void close() {
    passes.forEach(CascadePass::wipe);
    passes.clear();
    Arrays.fill(corrections, 0);
  }

  /** Looks at the blocks of the next pass. */
  private void open() {
    int number = passes.size();
    long[] words = correctedWords();
    CascadePass pass = new CascadePass(words, schedule.keyBits(), schedule.shuffle(seed, number));
    Arrays.fill(words, 0);
    int blockBits = schedule.blockBits().get(number);
    int last = schedule.blocks(number) - 1;
    int sum = 0;
    for (int b = 0; b < last; b++) {
      int parity = bit(opening, openingRead++);
      pass.learn(b * blockBits, (b + 1) * blockBits, parity);
      sum ^= parity;
    }
    if (number == 0) {
      total = sum ^ bit(opening, openingRead++);
    }
    pass.learn(last * blockBits, schedule.keyBits(), sum ^ total);
    passes.add(pass);
  }

  private void split(ParityQueries halves, Bits parities) {
    int keyBits = schedule.keyBits();
    long[] words = parities.toWords();
    int number = 0;
    int offset = 0;
    CascadePass pass = passes.get(0);
    for (int h = 0; h < halves.size(); h++) {
      while (halves.start(h) - offset >= keyBits) {
        number++;
        offset += keyBits;
        pass = passes.get(number);
      }
      pass.split(halves.start(h) - offset, halves.end(h) - offset, bit(words, h));
    }
  }

  private Optional<ParityQueries> next() {
    correctSingleBits();
    while (oddRanges() == 0) {
      if (passes.size() == schedule.passes()) {
        return Optional.empty();
      }
      open();
      correctSingleBits();
    }
    return Optional.of(halves());
  }

  private int oddRanges() {
    int sum = 0;
    for (CascadePass pass : passes) {
      sum += pass.oddRanges();
    }
    return sum;
  }

  /** Asks for the first half of each range that differs. */
  private ParityQueries halves() {
    int[] starts = new int[oddRanges()];
    int[] lengths = new int[starts.length];
    int count = 0;
    for (int p = 0; p < passes.size(); p++) {
      CascadePass pass = passes.get(p);
      pass.halves(starts, lengths, count, p * schedule.keyBits());
      count += pass.oddRanges();
    }
    return new ParityQueries(starts, lengths);
  }

  /**
   * Turns over the bits that are alone in a range that differs, until there are none. No bit is
   * wrong twice: if parities say so they are lies, and the later one is passed over.
   */
  private void correctSingleBits() {
    boolean found = true;
    while (found) {
      found = false;
      for (CascadePass pass : passes) {
        for (int start = pass.nextSingle(); start >= 0; start = pass.nextSingle()) {
          int position = pass.position(start);
          if (bit(corrections, position) == 0) {
            turn(position);
            found = true;
          } else {
            pass.passOver(start);
          }
        }
      }
    }
  }

  private void turn(int position) {
    corrections[position >>> 6] ^= 1L << position;
    for (CascadePass pass : passes) {
      pass.turn(position);
    }
  }

  private long[] correctedWords() {
    long[] words = key.toWords();
    for (int w = 0; w < words.length; w++) {
      words[w] ^= corrections[w];
    }
    return words;
  }

  private static int bit(long[] words, int index) {
    return (int) (words[index >>> 6] >>> index & 1);
  }
}
