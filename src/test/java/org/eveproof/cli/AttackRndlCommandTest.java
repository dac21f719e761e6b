package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eveproof.adversary.rndl.Anchor;
import org.eveproof.adversary.rndl.Cell;
import org.eveproof.adversary.rndl.Finding;
import org.eveproof.adversary.rndl.Leak;
import org.eveproof.adversary.rndl.Moment;
import org.eveproof.adversary.rndl.Protocol;
import org.eveproof.adversary.rndl.Verdict;
import org.eveproof.conformance.rndl.Comparison;
import org.eveproof.conformance.rndl.RndlInstance;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AttackRndlCommandTest {
  private static final Set<Leak> AUTHENTICATION =
      Set.of(Leak.END_ENTITY, Leak.AUTHORITY, Leak.INTRODUCERS, Leak.PSK, Leak.MAC, Leak.SIGNATURE);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int attack(Protocol rules, String... arguments) {
    return new CommandLine(new AttackRndlCommand(RndlInstance.small(), rules))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void modelAndCodeAgreeAndEveryCellIsPrinted() {
    assertThat(attack(Protocol.sound(), "--json")).isEqualTo(ExitCodes.HELD);
    JsonNode root = JsonMapper.shared().readTree(out.toString());
    assertThat(root.get("agree").asBoolean()).isTrue();
    assertThat(root.get("matrix").size()).isEqualTo(root.get("cells").asInt()).isEqualTo(5_016);
    for (JsonNode cell : root.get("matrix")) {
      assertThat(cell.get("code")).isEqualTo(cell.get("specification"));
      assertThat(cell.get("codeStrategy").isEmpty())
          .isEqualTo(cell.get("code").asString().equals("safe"));
    }
  }

  @Test
  void anErrorThatNobodyCountsIsADifference() {
    int code =
        attack(
            new Protocol() {
              @Override
              protected boolean tolerates(int errors, int sampled) {
                return true;
              }
            });
    assertThat(code).isEqualTo(ExitCodes.VIOLATED);
    assertThat(err.toString()).contains("specification safe []", "code broken [");
  }

  @Test
  void theMatrixSaysWhatTheArticleClaimsAndWhatItLeavesOut() {
    RndlInstance small = RndlInstance.small();
    Map<Cell, Finding> matrix = small.run(Protocol.sound(), 2);
    matrix.forEach(
        (cell, finding) -> {
          if (cell.moment() == Moment.LATER
              && (AUTHENTICATION.containsAll(cell.leaks()) || cell.exchange().isQuantum())) {
            assertThat(finding.verdict()).as("late: %s", cell).isEqualTo(Verdict.SAFE);
          }
          if (Set.of(Leak.DH, Leak.ML_KEM).equals(cell.leaks()) && !cell.exchange().isQuantum()) {
            assertThat(finding.verdict()).as("recorded: %s", cell).isEqualTo(Verdict.BROKEN);
          }
          if (cell.moment() == Moment.DURING
              && cell.anchor() == Anchor.PKI
              && cell.leaks().equals(Set.of(Leak.END_ENTITY))) {
            assertThat(finding.verdict())
                .as("in the middle: %s", cell)
                .isEqualTo(cell.compared() ? Verdict.DETECTED : Verdict.BROKEN);
          }
          for (Leak foreign : cell.anchor().foreign()) {
            if (cell.leaks().contains(foreign)) {
              Set<Leak> rest = new HashSet<>(cell.leaks());
              rest.remove(foreign);
              Cell without =
                  new Cell(
                      cell.exchange(),
                      cell.anchor(),
                      cell.moment(),
                      rest,
                      cell.compared(),
                      cell.key());
              assertThat(Comparison.verdict(matrix, without)).contains(finding.verdict());
            }
          }
        });
  }
}
