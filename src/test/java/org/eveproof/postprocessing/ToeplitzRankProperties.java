package org.eveproof.postprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretRandom;

/** The rank of the matrix of privacy amplification, against Gaussian elimination. */
class ToeplitzRankProperties {

  @Example
  void everySmallSeedIsJudgedAsEliminationDoes() {
    for (int length = 1; length <= 15; length++) {
      for (int rows = 1; 2 * rows - 1 <= length; rows++) {
        int deficient = 0;
        for (int r = 0; r < 1 << length; r++) {
          int packed = r;
          Bits seed = Bits.of(length, i -> (packed >> i & 1) != 0);
          boolean full = rankByElimination(seed, rows) == rows;
          assertThat(isFull(seed, rows)).as("%s, %d rows", seed, rows).isEqualTo(full);
          deficient += full ? 0 : 1;
        }
        // The probability that the Javadoc states, exactly: 2^-(n - l + 1) of 2^(n + l - 1).
        assertThat(deficient).isEqualTo(1 << (2 * rows - 2));
      }
    }
  }

  @Property(tries = 150)
  void everyShapeIsJudgedAsEliminationDoes(
      @ForAll @IntRange(min = 1, max = 400) int n, @ForAll long chance) {
    SplittableRandom random = new SplittableRandom(chance);
    int rows = 1 + random.nextInt(n);
    int order = 1 + random.nextInt(rows);
    for (Bits seed :
        new Bits[] {
          uniform(n + rows - 1, random),
          recurrent(n + rows - 1, order, random),
          brokenLate(n + rows - 1, n, order, random)
        }) {
      assertThat(isFull(seed, rows))
          .as("%d x %d", rows, n)
          .isEqualTo(rankByElimination(seed, rows) == rows);
    }
  }

  @Example
  void nearlySquareMatricesAreJudgedAsEliminationDoes() {
    SplittableRandom random = new SplittableRandom(5);
    int deficient = 0;
    for (int trial = 0; trial < 400; trial++) {
      int rows = 60 + random.nextInt(10);
      Bits seed = uniform(2 * rows - 1, random);
      boolean full = rankByElimination(seed, rows) == rows;
      assertThat(isFull(seed, rows)).isEqualTo(full);
      deficient += full ? 0 : 1;
    }
    // Half of the square ones.
    assertThat(deficient).isBetween(140, 260);
  }

  @Example
  void aRecurrenceIsFoundHoweverLongTheSeed() {
    SplittableRandom random = new SplittableRandom(6);
    int n = 20_000;
    int rows = 2_000;
    assertThat(isFull(uniform(n + rows - 1, random), rows)).isTrue();
    assertThat(isFull(recurrent(n + rows - 1, rows - 1, random), rows)).isFalse();
    assertThat(isFull(recurrent(n + rows - 1, 17, random), rows)).isFalse();
  }

  @Example
  void theComplexityOfTheWholeSeedIsNotEnough() {
    // 0...01 obeys no recurrence shorter than itself; all rows but the last are zero.
    Bits seed = Bits.of(29, i -> i == 28);
    assertThat(rankByElimination(seed, 10)).isEqualTo(1);
    assertThat(isFull(seed, 10)).isFalse();
  }

  @Example
  void aLongSecretIsLookedAtInParts() {
    SplittableRandom random = new SplittableRandom(8);
    int n = 200_000;
    int rows = (1 << 17) + 10;
    Bits seed = uniform(n + rows - 1, random);
    assertThat(PrivacyAmplification.isFit(seed, rows)).isTrue();
    // The second part is the last ten rows: all zero, or two of them alike.
    Bits good = seed;
    int start = 1 << 17;
    assertThat(
            PrivacyAmplification.isFit(Bits.of(seed.length(), i -> i < start && good.get(i)), rows))
        .isFalse();
    assertThat(
            PrivacyAmplification.isFit(
                Bits.of(seed.length(), i -> good.get(i < start ? i : start + i % 2)), rows))
        .isFalse();
    // And the first part.
    assertThat(
            PrivacyAmplification.isFit(
                Bits.of(seed.length(), i -> i > n + start - 4 && good.get(i)), rows))
        .isFalse();
  }

  /** What is settled for 64 runs is right, and of uniform seeds nothing stays open. */
  @Property(tries = 30)
  void runsOfRowsAreJudgedTogetherAsEachByItself(@ForAll long chance) {
    SplittableRandom random = new SplittableRandom(chance);
    int rows = 64 * (1 + random.nextInt(3));
    ToeplitzRankLanes lanes = new ToeplitzRankLanes(rows);
    int terms = 2 * rows + 64;
    BitSet sequence = new BitSet();
    Bits uniform = uniform(64 + lanes.allTerms() + rows, random);
    for (int i = 0; i < uniform.length(); i++) {
      sequence.set(i, uniform.get(i));
    }
    boolean[] touched = new boolean[64];
    for (int spoiled = 0; spoiled < 12; spoiled++) {
      Bits bad = recurrent(terms + rows, 1 + random.nextInt(rows + 20), random);
      int run = random.nextInt(64);
      for (int i = 0; i < bad.length(); i++) {
        sequence.set(64 + run * rows + i, bad.get(i));
      }
      for (int r = Math.max(0, run - 3); r < Math.min(64, run + 5); r++) {
        touched[r] = true;
      }
    }
    Bits seed = Bits.of(uniform.length(), sequence::get);
    long full = lanes.full(seed.toWords(), 1);
    int deficient = 0;
    for (int run = 0; run < 64; run++) {
      boolean settled = (full >>> run & 1) != 0;
      boolean alone = ToeplitzRank.isFull(seed, 64 + run * rows, terms, rows);
      assertThat(alone || !settled).as("run %d", run).isTrue();
      assertThat(settled || touched[run]).as("run %d", run).isTrue();
      deficient += alone ? 0 : 1;
    }
    assertThat(deficient).isPositive();
  }

  /** A stretch of a long seed that repeats itself every 200 terms, wherever it is. */
  @Example
  void aBadStretchOfALongSeedIsFound() {
    SplittableRandom random = new SplittableRandom(11);
    int rows = (1 << 17) + 20_000;
    Bits seed = uniform(2 * rows - 1, random);
    for (int from : new int[] {0, 70_000, 140_000}) {
      assertThat(
              PrivacyAmplification.isFit(
                  Bits.of(
                      seed.length(),
                      i ->
                          (i < from || i >= from + rows + 1000)
                              ? seed.get(i)
                              : seed.get(from + (i - from) % 200)),
                  rows))
          .isFalse();
    }
  }

  /** Row i and row i + 8192 are the same, however far apart. */
  @Example
  void aSeedThatRepeatsIsRefused() {
    Bits good = uniform(8192, new SplittableRandom(10));
    Bits seed = Bits.of(35_000, i -> good.get(i % 8192));
    assertThat(PrivacyAmplification.isFit(seed, 10_000)).isFalse();
  }

  /** As of a generator with 32 bits of state, stretched to a seed: rows of so long a secret. */
  @Example
  void theSeedOfAShortRecurrenceIsRefused() {
    SplittableRandom random = new SplittableRandom(9);
    assertThat(PrivacyAmplification.isFit(recurrent(59_999, 32, random), 20_000)).isFalse();
  }

  @Example
  void aSecretLongerThanTheKeyHasNoSeed() {
    for (int rows : new int[] {0, 6}) {
      assertThatThrownBy(() -> PrivacyAmplification.isFit(Bits.parse("1011011010"), rows))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Example
  void whatIsDrawnHasFullRank() {
    SecretRandom random = SecretRandom.simulated(new SplittableRandom(7));
    for (int trial = 0; trial < 200; trial++) {
      assertThat(rankByElimination(PrivacyAmplification.drawSeed(12, 12, random), 12))
          .isEqualTo(12);
    }
  }

  @Example
  void aBrokenSourceEndsTheDrawing() {
    RandomGenerator zeros = () -> 0;
    assertThatThrownBy(() -> PrivacyAmplification.drawSeed(100, 20, SecretRandom.simulated(zeros)))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Returns a sequence that a random recurrence of the given order continues. */
  private static Bits recurrent(int length, int order, SplittableRandom random) {
    Bits taps = uniform(order, random);
    BitSet sequence = new BitSet(length);
    for (int i = 0; i < length; i++) {
      boolean bit = i < order && random.nextBoolean();
      for (int tap = 0; i >= order && tap < order; tap++) {
        bit ^= taps.get(tap) && sequence.get(i - order + tap);
      }
      sequence.set(i, bit);
    }
    return Bits.of(length, sequence::get);
  }

  /** Returns a recurrence that holds for about as long as it must, and not to the end. */
  private static Bits brokenLate(int length, int n, int order, SplittableRandom random) {
    Bits good = recurrent(length, order, random);
    int from = Math.min(length - 1, n + order - 2 + random.nextInt(4));
    return Bits.of(length, i -> i < from ? good.get(i) : random.nextBoolean());
  }

  private static Bits uniform(int length, SplittableRandom random) {
    return Bits.of(length, i -> random.nextBoolean());
  }

  private static boolean isFull(Bits seed, int rows) {
    return ToeplitzRank.isFull(seed, 0, seed.length() - rows + 1, rows);
  }

  private static int rankByElimination(Bits seed, int rows) {
    int n = seed.length() - rows + 1;
    BitSet[] matrix = new BitSet[rows];
    for (int i = 0; i < rows; i++) {
      matrix[i] = new BitSet(n);
      for (int j = 0; j < n; j++) {
        matrix[i].set(j, seed.get(i - j + n - 1));
      }
    }
    int rank = 0;
    for (int j = 0; j < n && rank < rows; j++) {
      int pivot = rank;
      while (pivot < rows && !matrix[pivot].get(j)) {
        pivot++;
      }
      if (pivot == rows) {
        continue;
      }
      BitSet row = matrix[pivot];
      matrix[pivot] = matrix[rank];
      matrix[rank] = row;
      for (int i = rank + 1; i < rows; i++) {
        if (matrix[i].get(j)) {
          matrix[i].xor(row);
        }
      }
      rank++;
    }
    return rank;
  }
}
