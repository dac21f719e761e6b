package org.eveproof.conformance.rndl;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eveproof.adversary.rndl.Anchor;
import org.eveproof.adversary.rndl.Cell;
import org.eveproof.adversary.rndl.Finding;
import org.eveproof.adversary.rndl.Leak;
import org.eveproof.adversary.rndl.Moment;
import org.eveproof.adversary.rndl.PayloadExchange;
import org.eveproof.adversary.rndl.Verdict;
import org.eveproof.spec.SpecException;
import org.eveproof.spec.SpecOracle;
import org.eveproof.spec.SpecSource;
import org.eveproof.spec.SpecState;
import org.eveproof.spec.StateGraph;
import org.eveproof.spec.TlaValue;

/**
 * The matrix that TLC's evaluator finds: the verdict on each cell, by the definition in the header
 * of {@code RecordNowDecryptLater}, from all reachable states of an instance.
 */
public final class SpecifiedMatrix {
  private static final int ALL = Integer.MAX_VALUE;

  private final StateGraph graph;
  private final Map<Cell, Finding> cells = new HashMap<>();

  private SpecifiedMatrix(StateGraph graph) {
    this.graph = graph;
  }

  /**
   * Explores an instance.
   *
   * @throws SpecException if the specification cannot be evaluated
   */
  public static Map<Cell, Finding> of(SpecSource source) {
    try (SpecOracle oracle = SpecOracle.load(source)) {
      SpecifiedMatrix matrix = new SpecifiedMatrix(StateGraph.explore(oracle, ALL));
      for (int i = 0; i < matrix.graph.states().size(); i++) {
        matrix.add(i);
      }
      return Map.copyOf(matrix.cells);
    }
  }

  private void add(int index) {
    SpecState state = graph.states().get(index);
    TlaValue.Rec leak = (TlaValue.Rec) state.get("leak");
    Optional<Moment> moment = Moment.ofSpecName(text(field(leak, "at")));
    if (moment.isEmpty()) {
      return;
    }
    boolean compared = text(state.get("step")).equals("compared");
    boolean over = compared || text(state.get("step")).equals("over");
    Set<Integer> won = numbers(state.get("won"));
    boolean raised = text(state.get("check")).equals("raised");
    List<Integer> keys = number(state.get("epoch")) == 1 ? List.of(1, 2) : List.of(3);
    for (int key : keys) {
      for (boolean looking : new boolean[] {false, true}) {
        Cell cell = cell(state, moment.get(), leaks(field(leak, "what")), looking, key);
        cells.putIfAbsent(cell, Finding.SAFE);
        if (over && looking == compared && won.contains(key)) {
          Verdict verdict = raised ? Verdict.DETECTED : Verdict.BROKEN;
          if (verdict.compareTo(cells.getOrDefault(cell, Finding.SAFE).verdict()) > 0) {
            cells.put(cell, new Finding(verdict, strategy(index)));
          }
        }
      }
    }
  }

  private static Cell cell(
      SpecState state, Moment moment, Set<Leak> leaks, boolean compared, int key) {
    return new Cell(
        PayloadExchange.ofSpecName(text(state.get("exchange"))).orElseThrow(),
        Anchor.ofSpecName(text(state.get("anchor"))).orElseThrow(),
        moment,
        leaks,
        compared,
        key);
  }

  private List<String> strategy(int state) {
    List<String> steps = new ArrayList<>();
    graph.pathTo(state).forEach(edge -> steps.add(edge.action().toString()));
    return steps;
  }

  private static TlaValue field(TlaValue.Rec record, String name) {
    TlaValue value = record.fields().get(name);
    if (value == null) {
      throw new IllegalStateException("the specification's leak has no field " + name);
    }
    return value;
  }

  private static String text(TlaValue value) {
    return ((TlaValue.Text) value).value();
  }

  private static int number(TlaValue value) {
    return ((TlaValue.Int) value).value();
  }

  private static Set<Integer> numbers(TlaValue set) {
    Set<Integer> numbers = new HashSet<>();
    ((TlaValue.SetOf) set).elements().forEach(each -> numbers.add(number(each)));
    return numbers;
  }

  private static Set<Leak> leaks(TlaValue set) {
    Set<Leak> leaks = EnumSet.noneOf(Leak.class);
    ((TlaValue.SetOf) set)
        .elements()
        .forEach(each -> leaks.add(Leak.ofSpecName(text(each)).orElseThrow()));
    return leaks;
  }
}
