package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eveproof.postprocessing.EpsilonBudget;
import org.junit.jupiter.api.Test;

final class EpsilonLinesTest {
  private static final EpsilonBudget BUDGET = new EpsilonBudget(1e-15, 1e-10, 2e-25, 4e-16);

  @Test
  void showsEveryPartAndTheSum() {
    assertThat(EpsilonLines.text(BUDGET))
        .isEqualTo(
            "correctness 1.00e-15 + secrecy 1.00e-10 + authentication 2.00e-25"
                + " + verification 4.00e-16 = 1.00e-10");
    assertThat(EpsilonLines.json(BUDGET))
        .isEqualTo(
            Map.of(
                "correctness", 1e-15,
                "secrecy", 1e-10,
                "authentication", 2e-25,
                "verification", 4e-16,
                "total", BUDGET.total()));
  }

  /** Whoever looks a printed name up finds its theorem. */
  @Test
  void everyNameIsExplainedWithTheProofs() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("proofs", "README.md")).stream()
            .filter(line -> line.startsWith("|"))
            .toList();
    assertThat(EpsilonLines.json(BUDGET).keySet())
        .allSatisfy(
            name ->
                assertThat(rows).anySatisfy(row -> assertThat(row).startsWith("| `" + name + "`")));
  }
}
