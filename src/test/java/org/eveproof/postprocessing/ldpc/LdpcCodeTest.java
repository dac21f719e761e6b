package org.eveproof.postprocessing.ldpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LdpcCodeTest {
  private static final int COLUMNS = 128;
  private static final int ROWS = 32;
  private static final int LIFT = 64;
  private static final int[] DEGREES = DegreeDistribution.forChecksPerBit(0.2).degrees(COLUMNS);

  /** The hash of the columns and shifts of seed 1, as it was when these tests were written. */
  private static final int CODE_1 = 318804784;

  @Test
  void everyBitHasItsDegreeAndTheChecksAreEven() {
    int[] left = DEGREES.clone();
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (CheckRow row : code(1).rows()) {
      least = Math.min(least, row.degree());
      most = Math.max(most, row.degree());
      Set<Integer> met = new HashSet<>();
      for (CheckRow.Block block : row.blocks()) {
        left[block.column()]--;
        assertThat(block.shift()).isBetween(0, LIFT - 1);
        assertThat(met.add(block.column())).isTrue();
      }
    }
    assertThat(left).containsOnly(0);
    assertThat(most - least).isLessThanOrEqualTo(1);
  }

  /**
   * Two bits in the same two checks: where the shifts of two rows differ alike in two columns. Bits
   * of high degree cannot avoid it in a code this short.
   */
  @Test
  void noTwoBitsOfLowDegreeShareTwoChecks() {
    List<CheckRow> rows = code(1).rows();
    for (int r = 0; r < ROWS; r++) {
      for (int s = 0; s < r; s++) {
        Set<Integer> differences = new HashSet<>();
        for (CheckRow.Block one : rows.get(r).blocks()) {
          for (CheckRow.Block other : rows.get(s).blocks()) {
            if (one.column() == other.column() && DEGREES[one.column()] <= 8) {
              assertThat(differences.add(Math.floorMod(one.shift() - other.shift(), LIFT)))
                  .isTrue();
            }
          }
        }
      }
    }
  }

  /** The two parties build it apart from each other: it must not change with machine or version. */
  @Test
  void theSameSeedGivesTheSameCodeEverywhere() {
    assertThat(code(1)).isEqualTo(code(1)).isNotEqualTo(code(2));
    assertThat(numbers(code(1)).hashCode()).isEqualTo(CODE_1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.06, 0.15, 0.2, 0.3, 0.5})
  void theEdgesAreSharedOutAsPublished(double checksPerBit) {
    DegreeDistribution published = DegreeDistribution.forChecksPerBit(checksPerBit);
    int[] degrees = published.degrees(10_000);
    assertThat(degrees).isSorted();
    double edges = Arrays.stream(degrees).sum();
    double all = published.share().stream().mapToDouble(DegreeDistribution.Share::edges).sum();
    for (DegreeDistribution.Share share : published.share()) {
      long bits = Arrays.stream(degrees).filter(d -> d == share.degree()).count();
      assertThat(bits * share.degree() / edges).isCloseTo(share.edges() / all, within(2e-3));
    }
  }

  @Test
  void paritiesAreThoseOfTheMatrix() {
    LdpcCode code = code(3);
    int keyBits = code.bits() - 5;
    try (SecretBits key = SecretRandom.simulated(new SplittableRandom(1)).secretBits(keyBits)) {
      List<CheckRow> checks = code.checks(7);
      int[] parities = Parities.of(key, checks, code);
      for (int r = 0; r < checks.size(); r++) {
        for (int i = 0; i < LIFT; i++) {
          boolean parity = false;
          for (CheckRow.Block block : checks.get(r).blocks()) {
            int bit = block.column() * LIFT + (i + block.shift()) % LIFT;
            parity ^= bit < keyBits && key.get(bit);
          }
          assertThat(parities[r * LIFT + i]).isEqualTo(parity ? -1 : 0);
        }
      }
    }
  }

  /** A split row's two halves have all of its columns, and each only once. */
  @Test
  void whatIsDisclosedGivesTheParitiesOfTheSplitChecks() {
    LdpcCode code = code(3);
    LdpcPlan plan = new LdpcPlan(code, code.bits(), 0.03, List.of(ROWS + 3, ROWS + 8, 2 * ROWS));
    try (SecretBits key = SecretRandom.simulated(new SplittableRandom(2)).secretBits(code.bits())) {
      LdpcAlice alice = new LdpcAlice(List.of(key), plan);
      Bits disclosed = Bits.of(0, i -> false);
      for (int round = 0; round < 3; round++) {
        Bits message = round == 0 ? alice.open() : alice.answer(Bits.of(1, k -> true));
        assertThat(message.length()).isEqualTo(plan.parities(round));
        disclosed = disclosed.append(message);
        int[] differences = Parities.of(key, code.checks(plan.split(round)), code);
        assertThat(differences).contains(-1);
        plan.spread(disclosed, round, differences);
        assertThat(differences).containsOnly(0);
      }
    }
  }

  /** Returns all columns and shifts; of a list, unlike a record, the hash is laid down. */
  private static List<Integer> numbers(LdpcCode code) {
    return code.rows().stream()
        .flatMap(row -> row.blocks().stream())
        .flatMap(block -> Stream.of(block.column(), block.shift()))
        .toList();
  }

  private static LdpcCode code(long seed) {
    return ProgressiveEdgeGrowth.code(DEGREES, ROWS, LIFT, seed);
  }
}
