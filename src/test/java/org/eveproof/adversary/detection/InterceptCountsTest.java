package org.eveproof.adversary.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eveproof.spec.SpecOracle;
import org.eveproof.spec.SpecSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the simulation does, by exhaustion, is what the specification counts. */
class InterceptCountsTest {
  @TempDir private Path directory = Path.of("");

  /** QuarterError, KnowsHalf, EscapeSifted, EscapeTransmitted. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void errorsKnowledgeAndEscapesAreTheKnownShares(int pulses) {
    InterceptCounts counts = InterceptCounts.of(pulses);
    assertThat(counts.choices()).isEqualTo((long) Math.pow(64, pulses));
    assertThat(counts.allSifted()).isEqualTo((long) Math.pow(32, pulses));
    assertThat(counts.siftedUnseen()).isEqualTo((long) Math.pow(24, pulses));
    assertThat(counts.unseen()).isEqualTo((long) Math.pow(56, pulses));
    assertThat(counts.errors()).isEqualTo(pulses * counts.choices() / 8);
    assertThat(counts.known()).isEqualTo(pulses * counts.choices() / 4);
  }

  /** TLC's own evaluator judges the counts; one too many is refuted. */
  @Test
  void theSpecificationCountsTheSame() throws IOException {
    InterceptCounts counts = InterceptCounts.of(1);
    InterceptCounts two = InterceptCounts.of(2);
    Files.writeString(
        directory.resolve("Counted.tla"),
        String.format(
            Locale.ROOT,
            """
            ---- MODULE Counted ----
            EXTENDS Bb84Counting
            Agrees(more) ==
              /\\ Cardinality(SentBlock(1)) = %d
              /\\ Cardinality({c \\in Choice : Sifted(c)}) = %d
              /\\ Cardinality({c \\in Choice : Error(c)}) = %d + more
              /\\ Cardinality({c \\in Choice : Knows(c)}) = %d
              /\\ Cardinality({b \\in SiftedBlock(2) : \\A i \\in 1..2 : ~Error(b[i])}) = %d
              /\\ Cardinality({b \\in SentBlock(2) : \\A i \\in 1..2 : ~Error(b[i])}) = %d
            Exact == Agrees(0)
            OneTooMany == Agrees(1)
            ====
            """,
            counts.choices(),
            counts.allSifted(),
            counts.errors(),
            counts.known(),
            two.siftedUnseen(),
            two.unseen()));
    Path config = directory.resolve("Counted.cfg");
    Files.writeString(config, "SPECIFICATION Spec\nCONSTANTS\n  MaxPulses = 2\n  Faces = 4\n");
    try (SpecOracle oracle =
        SpecOracle.load(new SpecSource(List.of(directory, Path.of("specs")), "Counted", config))) {
      assertThat(oracle.holds("Exact", oracle.state(Map.of("pulses", 1)))).isTrue();
      assertThat(oracle.holds("OneTooMany", oracle.state(Map.of("pulses", 1)))).isFalse();
    }
  }

  /** FractionError: Eve's die with four faces for each pulse, as in the specification. */
  @ParameterizedTest
  @ValueSource(ints = {4, 8, 12})
  void aFractionCausesAQuarterOfItInErrors(int faces) {
    for (int j = 0; j <= faces; j++) {
      assertThat(InterceptCounts.errorRate((double) j / faces))
          .isCloseTo((double) j / (4 * faces), within(1e-15));
    }
  }

  @Test
  void refusesBlocksThatTakeTooLong() {
    assertThatThrownBy(() -> InterceptCounts.of(0)).hasMessageContaining("pulses=0");
    assertThatThrownBy(() -> InterceptCounts.of(5)).hasMessageContaining("pulses=5");
  }
}
