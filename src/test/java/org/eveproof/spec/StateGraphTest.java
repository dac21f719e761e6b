package org.eveproof.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eveproof.spec.CheckResult.Verdict;
import org.junit.jupiter.api.Test;

class StateGraphTest {
  @Test
  void hasTheStatesThatTheModelCheckerFinds() throws InterruptedException {
    try (SpecOracle oracle = Specs.load("Lock")) {
      StateGraph graph = StateGraph.explore(oracle, 10_000);
      CheckResult checked =
          ModelChecker.check(CheckRequest.of(Specs.source("Lock")).ofSmallModel());
      assertThat(checked.verdict()).isEqualTo(Verdict.HOLDS);
      assertThat(graph.isComplete()).isTrue();
      assertThat(graph.states()).hasSize((int) checked.distinct()).doesNotHaveDuplicates();
      // TLC counts the initial states and each step it generates.
      assertThat(graph.edges()).hasSize((int) checked.generated() - graph.initialStates());
      int longest =
          graph.states().stream()
              .mapToInt(state -> graph.pathTo(graph.states().indexOf(state)).size())
              .max()
              .orElseThrow();
      assertThat(longest + 1).isEqualTo(checked.depth());
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
