package org.eveproof.delivery.health;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What is remembered of tested blocks: a few sums, whatever their number.
 *
 * @param blocks how many
 * @param bytes how many in all
 * @param ones for each of the eight places of a bit in its byte, how many bits were one
 * @param changes for each lag from 1 to 8, how many bits differed from the one so many places on
 */
record HealthCounts(long blocks, long bytes, List<Long> ones, List<Long> changes) {
  /** Places in a byte, and lags. */
  static final int EACH = 8;

  static final int ENCODED = (2 + 2 * EACH) * Long.BYTES;

  static final HealthCounts NONE =
      new HealthCounts(0, 0, Collections.nCopies(EACH, 0L), Collections.nCopies(EACH, 0L));

  /** More than this nobody counts: sums of it stay far from overflow. */
  private static final long MOST_BYTES = 1L << 40;

  HealthCounts {
    ones = List.copyOf(ones);
    changes = List.copyOf(changes);
    boolean sound =
        bytes >= 0
            && bytes <= MOST_BYTES
            && blocks >= 0
            && blocks <= bytes
            && (blocks > 0 || bytes == 0)
            && ones.size() == EACH
            && changes.size() == EACH;
    for (int i = 0; sound && i < EACH; i++) {
      long pairs = 8 * bytes - (i + 1) * blocks;
      sound = ones.get(i) >= 0 && ones.get(i) <= bytes;
      sound = sound && changes.get(i) >= 0 && changes.get(i) <= pairs;
    }
    if (!sound) {
      throw new IllegalArgumentException("counts of blocks that cannot have been");
    }
  }

  static HealthCounts of(Block block) {
    List<Long> ones = new ArrayList<>();
    List<Long> changes = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      ones.add(block.ones(i));
      changes.add(block.changes(i + 1));
    }
    return new HealthCounts(1, block.length(), ones, changes);
  }

  HealthCounts plus(HealthCounts more) {
    return new HealthCounts(
        blocks + more.blocks,
        bytes + more.bytes,
        sums(ones, more.ones),
        sums(changes, more.changes));
  }

  private static List<Long> sums(List<Long> some, List<Long> more) {
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      sums.add(some.get(i) + more.get(i));
    }
    return sums;
  }

  /** Compares all counts at once with uniform bits; the bound is shared among them. */
  Finding against(double alpha) {
    int tests = 1 + 2 * EACH;
    long allOnes = ones.stream().mapToLong(Long::longValue).sum();
    Finding worst = offHalf("ones", allOnes, 8 * bytes, alpha / tests);
    for (int i = 0; i < EACH; i++) {
      Finding place = offHalf("ones at place " + i, ones.get(i), bytes, alpha / tests);
      Finding lag =
          offHalf("lag " + (i + 1), changes.get(i), 8 * bytes - (i + 1) * blocks, alpha / tests);
      worst = worse(worse(worst, place), lag);
    }
    return worst;
  }

  private static Finding offHalf(String what, long count, long of, double alpha) {
    return Finding.of(
        "history, off the half",
        what + ", " + of + " bits",
        Math.abs(count - of / 2.0),
        TailBound.headsOff(of, alpha));
  }

  private static Finding worse(Finding one, Finding other) {
    return other.value() / other.bound() > one.value() / one.bound() ? other : one;
  }

  void encode(ByteBuffer out) {
    out.putLong(blocks).putLong(bytes);
    ones.forEach(out::putLong);
    changes.forEach(out::putLong);
  }

  /**
   * Reads {@link #ENCODED} bytes.
   *
   * @throws IllegalArgumentException if no blocks have these counts
   */
  static HealthCounts decode(ByteBuffer in) {
    return new HealthCounts(in.getLong(), in.getLong(), eight(in), eight(in));
  }

  private static List<Long> eight(ByteBuffer in) {
    return LongStream.generate(in::getLong).limit(EACH).boxed().toList();
  }
}
