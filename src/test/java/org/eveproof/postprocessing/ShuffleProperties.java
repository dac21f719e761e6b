package org.eveproof.postprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.eveproof.protocol.Bits;

class ShuffleProperties {

  @Property(tries = 100)
  void everyPositionHasOneIndexAndTheShuffleFollowsThem(
      @ForAll @IntRange(min = 1, max = 12_000) int length,
      @ForAll long seed,
      @ForAll @IntRange(max = 63) int pass) {
    requirePermutation(new GridShuffle(length, seed, pass), length, seed);
    requirePermutation(new HalvesShuffle(length, seed, pass), length, seed);
  }

  /**
   * Pairs that share a block of one pass share one of the next as often as chance has it. Of 80,000
   * pairs, 810 are expected to meet; the bounds are six deviations away, so that a right shuffle
   * fails for fewer than one in 10^8 seeds.
   */
  @Example
  void neighboursAreSeparatedAsByChance() {
    int block = 1013;
    int met = 0;
    for (int pass = 1; pass <= 8; pass++) {
      GridShuffle shuffle = new GridShuffle(100_000, 42, pass);
      for (int i = 0; i < 10_000; i++) {
        int other = i + 1 + (i % 400);
        if (shuffle.index(i) / block == shuffle.index(other) / block) {
          met++;
        }
      }
    }
    assertThat(met).isBetween(810 - 6 * 29, 810 + 6 * 29);
  }

  /** 40,000 of 80,000 pairs are expected in one half; the bounds are six deviations away. */
  @Example
  void halvesSeparateEverySecondPair() {
    int met = 0;
    for (int pass = 1; pass <= 8; pass++) {
      HalvesShuffle shuffle = new HalvesShuffle(100_000, 42, pass);
      for (int i = 0; i < 10_000; i++) {
        int other = i + 1 + (i % 400);
        if (shuffle.index(i) < 50_000 == shuffle.index(other) < 50_000) {
          met++;
        }
      }
    }
    assertThat(met).isBetween(40_000 - 6 * 142, 40_000 + 6 * 142);
  }

  @Example
  void passesAndSeedsShuffleDifferently() {
    long[] words = new SplittableRandom(3).longs(20).toArray();
    long[] grid = new GridShuffle(1280, 7, 0).shuffle(words);
    assertThat(new GridShuffle(1280, 7, 1).shuffle(words)).isNotEqualTo(grid);
    assertThat(new GridShuffle(1280, 8, 0).shuffle(words)).isNotEqualTo(grid);
    long[] halves = new HalvesShuffle(1280, 7, 0).shuffle(words);
    assertThat(new HalvesShuffle(1280, 7, 1).shuffle(words)).isNotEqualTo(halves);
    assertThat(new HalvesShuffle(1280, 8, 0).shuffle(words)).isNotEqualTo(halves);
  }

  private static void requirePermutation(Shuffle shuffle, int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] words = Bits.of(length, i -> random.nextBoolean()).toWords();
    long[] shuffled = shuffle.shuffle(words);
    boolean[] seen = new boolean[length];
    for (int i = 0; i < length; i++) {
      int position = shuffle.position(i);
      assertThat(seen[position]).isFalse();
      seen[position] = true;
      assertThat(shuffle.index(position)).isEqualTo(i);
      assertThat(shuffled[i >>> 6] >>> i & 1).isEqualTo(words[position >>> 6] >>> position & 1);
    }
  }
}
