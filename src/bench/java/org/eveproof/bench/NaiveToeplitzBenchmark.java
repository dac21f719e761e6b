package org.eveproof.bench;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The product with the matrix by its definition, in packed words: one shifted row for each one. */
@State(Scope.Benchmark)
public class NaiveToeplitzBenchmark {
  /** The length of the key. */
  @Param("100000")
  public int bits;

  private long[] key = {};
  private long[] seed = {};

  /** Draws key and seed. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    key = random.longs((bits + 63) / 64).toArray();
    seed = random.longs((bits + bits / 2 + 63) / 64 + 1).toArray();
  }

  /** The naive baseline. */
  @Benchmark
  public long[] naiveMatrix() {
    return product(key, seed, bits, bits / 2);
  }

  /** Adds up the columns of the matrix, one for each one of the key. */
  static long[] product(long[] key, long[] seed, int keyBits, int secretBits) {
    long[] sum = new long[(secretBits + 63) / 64];
    for (int j = 0; j < keyBits; j++) {
      if ((key[j >> 6] >>> j & 1) != 0) {
        int from = keyBits - 1 - j;
        int word = from >> 6;
        int shift = from & 63;
        for (int w = 0; w < sum.length; w++) {
          sum[w] ^= seed[word + w] >>> shift | seed[word + w + 1] << 1 << (63 - shift);
        }
      }
    }
    return sum;
  }
}
