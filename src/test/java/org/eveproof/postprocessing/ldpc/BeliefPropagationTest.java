package org.eveproof.postprocessing.ldpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The decoder against a search through all errors. */
class BeliefPropagationTest {
  /** A tree of checks on eleven bits. */
  private static final LdpcCode TREE =
      new LdpcCode(11, 1, List.of(row(0, 1, 2), row(2, 3, 4, 5), row(5, 6, 7), row(5, 8, 9, 10)));

  /** Without cycles the algorithm is exact: it finds the likeliest value of each bit. */
  @Test
  void findsTheLikeliestErrorsWhereTheChecksFormATree() {
    BeliefPropagation decoder = new BeliefPropagation(TREE, 10);
    int compared = 0;
    for (int syndrome = 0; syndrome < 16; syndrome++) {
      int best = -1;
      boolean unique = false;
      for (int errors = 0; errors < 1 << 11; errors++) {
        if (syndrome(TREE, errors) == syndrome) {
          int weight = Integer.bitCount(errors);
          unique =
              best < 0
                  || weight < Integer.bitCount(best)
                  || (unique && weight > Integer.bitCount(best));
          best = best < 0 || weight < Integer.bitCount(best) ? errors : best;
        }
      }
      if (unique) {
        compared++;
        assertThat(decoder.decode(TREE.rows(), signs(syndrome, 4), 11, 0.01)).isTrue();
        assertThat(found(decoder, 11)).isEqualTo(best);
      }
    }
    assertThat(compared).isEqualTo(4);
  }

  /** With cycles it may give up, but what it finds has the syndrome, and is mostly the lightest. */
  @Test
  void whatItFindsExplainsTheSyndromeAndIsMostlyTheLightest() {
    LdpcCode code = ProgressiveEdgeGrowth.code(new int[] {2, 2, 3, 3}, 3, 4, 1);
    BeliefPropagation decoder = new BeliefPropagation(code, 50);
    int[] lightest = new int[1 << 12];
    Arrays.fill(lightest, 99);
    for (int errors = 0; errors < 1 << 16; errors++) {
      int syndrome = syndrome(code, errors);
      lightest[syndrome] = Math.min(lightest[syndrome], Integer.bitCount(errors));
    }
    int[] possible = new int[100];
    int[] found = new int[100];
    int[] asLight = new int[100];
    for (int syndrome = 0; syndrome < 1 << 12; syndrome++) {
      int weight = lightest[syndrome];
      possible[weight]++;
      if (decoder.decode(code.rows(), signs(syndrome, 12), 16, 0.05)) {
        int errors = found(decoder, 16);
        assertThat(syndrome(code, errors)).isEqualTo(syndrome);
        found[weight]++;
        asLight[weight] += Integer.bitCount(errors) == weight ? 1 : 0;
      }
    }
    // Up to two errors it is as good as the search; of three it finds most, and none but lightest.
    assertThat(Arrays.copyOf(possible, 4)).containsExactly(1, 16, 120, 520);
    assertThat(Arrays.copyOf(found, 3)).containsExactly(1, 16, 120);
    assertThat(Arrays.copyOf(asLight, 3)).containsExactly(1, 16, 120);
    assertThat(found[3]).isBetween(400, 520).isEqualTo(asLight[3]);
  }

  /** Bits past the key are known. */
  @Test
  void findsNoErrorsPastTheKey() {
    BeliefPropagation decoder = new BeliefPropagation(TREE, 10);
    int[] syndrome = signs(1 << 3, 4);
    assertThat(decoder.decode(TREE.rows(), syndrome, 9, 0.01)).isTrue();
    assertThat(found(decoder, 11)).isEqualTo(1 << 8);
  }

  @Test
  void givesUpAfterTheIterations() {
    LdpcCode code = ProgressiveEdgeGrowth.code(new int[] {2, 2, 2, 3, 3, 3, 3, 3}, 3, 64, 1);
    SplittableRandom random = new SplittableRandom(1);
    int[] syndrome = new int[3 * 64];
    Arrays.setAll(syndrome, i -> -random.nextInt(2));
    assertThat(new BeliefPropagation(code, 20).decode(code.rows(), syndrome, 512, 0.01)).isFalse();
  }

  private static CheckRow row(int... columns) {
    return new CheckRow(Arrays.stream(columns).mapToObj(c -> new CheckRow.Block(c, 0)).toList());
  }

  /** Returns the parities of errors, one bit each, from the definition. */
  private static int syndrome(LdpcCode code, int errors) {
    int syndrome = 0;
    for (int r = 0; r < code.rows().size(); r++) {
      for (int i = 0; i < code.lift(); i++) {
        int parity = 0;
        for (CheckRow.Block block : code.rows().get(r).blocks()) {
          int bit = block.column() * code.lift() + (i + block.shift()) % code.lift();
          parity ^= errors >>> bit & 1;
        }
        syndrome |= parity << (r * code.lift() + i);
      }
    }
    return syndrome;
  }

  private static int[] signs(int bits, int count) {
    int[] signs = new int[count];
    Arrays.setAll(signs, i -> -(bits >>> i & 1));
    return signs;
  }

  private static int found(BeliefPropagation decoder, int bits) {
    int found = 0;
    for (int i = 0; i < bits; i++) {
      found |= decoder.isWrong(i) ? 1 << i : 0;
    }
    return found;
  }
}
