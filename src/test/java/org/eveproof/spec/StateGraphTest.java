package org.eveproof.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eveproof.spec.CheckResult.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateGraphTest {
  @Test
  void hasTheStatesThatTheModelCheckerFinds() throws InterruptedException {
    assertSameAsModelChecker(Specs.source("Lock"));
  }

  @Test
  void hasTheStatesThatTheModelCheckerFindsInAConstrainedModel(@TempDir Path folder)
      throws InterruptedException, IOException {
    Path config =
        Files.writeString(
            folder.resolve("Growing.cfg"),
            "SPECIFICATION Growing\nCONSTANT Modulus = 4\nCONSTRAINT Bound\n");
    assertSameAsModelChecker(new SpecSource(List.of(Specs.FOLDER), "Counter", config));
  }

  @Test
  void hasTheStatesThatTheModelCheckerFindsForTheIdealKeyAgreement() throws InterruptedException {
    Path specs = Path.of("specs");
    Path models = specs.resolve("models");
    assertSameAsModelChecker(
        new SpecSource(
            List.of(specs, models),
            "MCIdealKeyAgreement",
            models.resolve("MCIdealKeyAgreement.cfg")));
  }

  private static void assertSameAsModelChecker(SpecSource source) throws InterruptedException {
    try (SpecOracle oracle = SpecOracle.load(source)) {
      StateGraph graph = StateGraph.explore(oracle, 10_000);
      CheckResult checked = ModelChecker.check(CheckRequest.of(source).ofSmallModel());
      assertThat(checked.verdict()).isEqualTo(Verdict.HOLDS);
      assertThat(graph.isComplete()).isTrue();
      assertThat(graph.states()).hasSize((int) checked.distinct()).doesNotHaveDuplicates();
      // Breadth first: the last state is as far away as any.
      assertThat(graph.pathTo(graph.states().size() - 1)).hasSize(checked.depth() - 1);
    }
  }

  @Test
  void itsEdgesAreSteps() {
    try (SpecOracle oracle = Specs.load("Lock")) {
      StateGraph graph = StateGraph.explore(oracle, 10_000);
      for (StateGraph.Edge edge : graph.edges()) {
        SpecState from = graph.states().get(edge.from());
        SpecState to = graph.states().get(edge.to());
        assertThat(oracle.isStep(from, edge.action(), to)).isTrue();
        assertThat(oracle.violatedStepProperties(from, to)).isEmpty();
      }
      List<StateGraph.Edge> path = graph.pathTo(graph.states().size() - 1);
      assertThat(path.get(0).from()).isZero();
      assertThat(path.get(path.size() - 1).to()).isEqualTo(graph.states().size() - 1);
      assertThat(graph.pathTo(0)).isEmpty();
    }
  }

  @Test
  void stopsAtTheBound() {
    try (SpecOracle oracle = Specs.load("Lock")) {
      StateGraph graph = StateGraph.explore(oracle, 10);
      assertThat(graph.isComplete()).isFalse();
      assertThat(graph.states()).hasSize(10);
      assertThat(graph.edges()).allMatch(edge -> edge.to() < 10);
    }
  }
}
