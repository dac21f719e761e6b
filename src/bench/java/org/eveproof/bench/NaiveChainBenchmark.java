package org.eveproof.bench;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What {@link ChainBenchmark} does, as it is first written down: bit by bit, and for privacy
 * amplification column by column of the matrix. It has it easier: every pulse is detected, the
 * parties are not apart, nothing is encoded or authenticated, and the keys are compared directly.
 */
@State(Scope.Benchmark)
public class NaiveChainBenchmark {
  /** Length of the sifted key. */
  @Param("300000")
  public int siftedBits;

  private final SplittableRandom random = new SplittableRandom(1);
  private boolean[] sentBits = {};
  private boolean[] sentBases = {};
  private boolean[] measuredBits = {};
  private boolean[] measuredBases = {};

  /** Draws detections. */
  @Setup
  public void draw() {
    int pulses = 2 * siftedBits;
    sentBits = new boolean[pulses];
    sentBases = new boolean[pulses];
    measuredBits = new boolean[pulses];
    measuredBases = new boolean[pulses];
    for (int i = 0; i < pulses; i++) {
      sentBits[i] = random.nextBoolean();
      sentBases[i] = random.nextBoolean();
      measuredBases[i] = i % 2 == 0 ? sentBases[i] : !sentBases[i];
      measuredBits[i] =
          i % 2 == 0
              ? sentBits[i] ^ random.nextInt(1000) < ChainBenchmark.ERRORS_PER_MILLE
              : random.nextBoolean();
    }
  }

  /** The naive baseline; returns the secret keys. */
  @Benchmark
  public long[][] naiveChain() {
    boolean[] alice = sifted(sentBits);
    boolean[] bob = sifted(measuredBits);
    boolean[] sampled = new boolean[alice.length];
    int sample = alice.length / 10;
    for (int drawn = 0; drawn < sample; ) {
      int position = random.nextInt(sampled.length);
      drawn += sampled[position] ? 0 : 1;
      sampled[position] = true;
    }
    int errors = 0;
    for (int i = 0; i < sampled.length; i++) {
      errors += sampled[i] && alice[i] != bob[i] ? 1 : 0;
    }
    boolean[] hers = without(alice, sampled);
    boolean[] his = without(bob, sampled);
    int leak = NaiveCascadeBenchmark.correct(hers, his, (double) errors / sample, random);
    for (int i = 0; i < hers.length; i++) {
      if (hers[i] != his[i]) {
        throw new IllegalStateException("the keys differ");
      }
    }
    int secretBits = hers.length / 5 * 4 - leak;
    long[] seed = random.longs((hers.length + secretBits + 63) / 64 + 1).toArray();
    return new long[][] {
      NaiveToeplitzBenchmark.product(packed(hers), seed, hers.length, secretBits),
      NaiveToeplitzBenchmark.product(packed(his), seed, his.length, secretBits)
    };
  }

  private boolean[] sifted(boolean[] bits) {
    boolean[] others = new boolean[bits.length];
    for (int i = 0; i < bits.length; i++) {
      others[i] = sentBases[i] != measuredBases[i];
    }
    return without(bits, others);
  }

  private static boolean[] without(boolean[] bits, boolean[] left) {
    int count = 0;
    for (boolean out : left) {
      count += out ? 0 : 1;
    }
    boolean[] kept = new boolean[count];
    int to = 0;
    for (int i = 0; i < bits.length; i++) {
      if (!left[i]) {
        kept[to++] = bits[i];
      }
    }
    return kept;
  }

  private static long[] packed(boolean[] bits) {
    long[] words = new long[(bits.length + 63) / 64];
    for (int i = 0; i < bits.length; i++) {
      words[i >>> 6] |= bits[i] ? 1L << i : 0;
    }
    return words;
  }
}
