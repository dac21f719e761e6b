package org.eveproof.conformance.rndl;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eveproof.adversary.rndl.Cell;
import org.eveproof.adversary.rndl.Finding;
import org.eveproof.adversary.rndl.Verdict;

/**
 * Two matrices held against each other.
 *
 * @param specification what the specification says of each cell
 * @param code what the running code says of each cell
 */
public record Comparison(Map<Cell, Finding> specification, Map<Cell, Finding> code) {
  /** By anchor, leaks, moment, exchange, key, and whether fingerprints are compared. */
  public static final Comparator<Cell> ORDER =
      Comparator.comparing(Cell::anchor)
          .thenComparing(cell -> cell.leaks().size())
          .thenComparing(cell -> Cell.words(cell.leaks()))
          .thenComparing(Cell::moment)
          .thenComparing(Cell::exchange)
          .thenComparing(Cell::key)
          .thenComparing(Cell::compared);

  /** Copies the matrices. */
  public Comparison {
    specification = Map.copyOf(specification);
    code = Map.copyOf(code);
  }

  /** Returns the cells of either, in order. */
  public List<Cell> cells() {
    Set<Cell> cells = new HashSet<>(specification.keySet());
    cells.addAll(code.keySet());
    return cells.stream().sorted(ORDER).toList();
  }

  /** Returns the cells whose verdicts are not the same, or that only one of the two has. */
  public List<Cell> differences() {
    return cells().stream()
        .filter(cell -> !verdict(specification, cell).equals(verdict(code, cell)))
        .toList();
  }

  /** Returns the verdict on a cell, if a matrix has it. */
  public static Optional<Verdict> verdict(Map<Cell, Finding> matrix, Cell cell) {
    return Optional.ofNullable(matrix.get(cell)).map(Finding::verdict);
  }

  /** Returns how many cells of a matrix have each verdict. */
  public static Map<Verdict, Long> counts(Map<Cell, Finding> matrix) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(
          verdict,
          matrix.values().stream().filter(finding -> finding.verdict() == verdict).count());
    }
    return counts;
  }
}
