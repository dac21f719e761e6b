package org.eveproof.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eveproof.adversary.rndl.Anchor;
import org.eveproof.adversary.rndl.Cell;
import org.eveproof.adversary.rndl.Finding;
import org.eveproof.adversary.rndl.Leak;
import org.eveproof.adversary.rndl.Moment;
import org.eveproof.adversary.rndl.PayloadExchange;
import org.eveproof.adversary.rndl.Verdict;
import org.eveproof.conformance.rndl.Comparison;

/** The two matrices of {@code attack rndl} as people read them. */
final class RndlReport {
  private static final String LEGEND =
      """
      What becomes of payload keys 1 (before the handover), 2 (after it) and, in the rows that begin
      with 'before', 3 (after a forced second bootstrap). Two letters for each key: if nobody
      compares fingerprints, if somebody does.  - safe   b broken   d detected""";

  /** Longest name of a set of leaks that shares a line with its verdicts. */
  private static final int LABEL = 13;

  private final Comparison comparison;

  RndlReport(Comparison comparison) {
    this.comparison = comparison;
  }

  /**
   * Returns a table for each anchor.
   *
   * @param all whether to show all sets of leaks, or those that teach something
   */
  String tables(boolean all) {
    StringBuilder text = new StringBuilder(LEGEND).append(System.lineSeparator());
    for (Anchor anchor : Anchor.values()) {
      text.append(String.format("%n%-32s", "anchor " + anchor.specName()));
      for (PayloadExchange exchange : PayloadExchange.values()) {
        text.append(String.format("%-12s", exchange.specName()));
      }
      text.append("code").append(System.lineSeparator());
      for (Set<Leak> leaks : shown(anchor, all)) {
        rows(anchor, leaks, text);
      }
    }
    return text.toString().stripTrailing();
  }

  /** Moments that follow each other and have the same verdicts share a row. */
  private void rows(Anchor anchor, Set<Leak> leaks, StringBuilder text) {
    List<Moment> together = new ArrayList<>();
    String label = leaks.equals(anchor.own()) ? "everything" : Cell.words(leaks);
    if (label.length() > LABEL) {
      text.append(label).append(System.lineSeparator());
      label = "";
    }
    for (Moment moment : Moment.values()) {
      if (!together.isEmpty()
          && !sameVerdicts(anchor, leaks, together.get(together.size() - 1), moment)) {
        row(anchor, leaks, together, label, text);
        label = "";
        together.clear();
      }
      together.add(moment);
    }
    row(anchor, leaks, together, label, text);
  }

  private boolean sameVerdicts(Anchor anchor, Set<Leak> leaks, Moment one, Moment other) {
    return Cell.keysOf(one).equals(Cell.keysOf(other))
        && entries(comparison.specification(), anchor, leaks, one)
            .equals(entries(comparison.specification(), anchor, leaks, other))
        && entries(comparison.code(), anchor, leaks, one)
            .equals(entries(comparison.code(), anchor, leaks, other));
  }

  private void row(
      Anchor anchor, Set<Leak> leaks, List<Moment> moments, String label, StringBuilder text) {
    String when =
        moments.get(0).specName()
            + (moments.size() > 1 ? " to " + moments.get(moments.size() - 1).specName() : "");
    List<String> specified = entries(comparison.specification(), anchor, leaks, moments.get(0));
    List<String> ran = entries(comparison.code(), anchor, leaks, moments.get(0));
    text.append(String.format("%-13s %-18s", label, when));
    specified.forEach(entry -> text.append(String.format("%-12s", entry)));
    boolean same = specified.equals(ran);
    text.append(same ? "same" : "DIFFERS:").append(System.lineSeparator());
    if (!same) {
      text.append(String.format("%-32s", ""));
      ran.forEach(entry -> text.append(String.format("%-12s", entry)));
      text.append(System.lineSeparator());
    }
  }

  private static List<String> entries(
      Map<Cell, Finding> matrix, Anchor anchor, Set<Leak> leaks, Moment moment) {
    return Arrays.stream(PayloadExchange.values())
        .map(
            exchange ->
                Cell.keysOf(moment).stream()
                    .map(
                        key ->
                            letter(matrix, new Cell(exchange, anchor, moment, leaks, false, key))
                                + letter(
                                    matrix, new Cell(exchange, anchor, moment, leaks, true, key)))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static String letter(Map<Cell, Finding> matrix, Cell cell) {
    Optional<Verdict> verdict = Comparison.verdict(matrix, cell);
    return verdict
        .map(
            known ->
                switch (known) {
                  case SAFE -> "-";
                  case DETECTED -> "d";
                  case BROKEN -> "b";
                })
        .orElse("?");
  }

  /** Nothing, each leak alone, both exchanges broken, and everything at once. */
  private static List<Set<Leak>> shown(Anchor anchor, boolean all) {
    return anchor.leakSets().stream()
        .filter(
            leaks ->
                all
                    || leaks.size() < 2
                    || leaks.equals(Set.of(Leak.DH, Leak.ML_KEM))
                    || leaks.equals(anchor.own()))
        .sorted(
            Comparator.<Set<Leak>>comparingInt(Set::size).thenComparing(leaks -> Cell.words(leaks)))
        .toList();
  }

  /** Returns the counts, and whether the matrices agree. */
  String sum() {
    long different = comparison.differences().size();
    return String.format(
        Locale.ROOT,
        "%,d cells. Specification: %s. Code: %s. %s",
        comparison.cells().size(),
        counts(comparison.specification()),
        counts(comparison.code()),
        different == 0
            ? "They agree in every cell."
            : String.format(Locale.ROOT, "They differ in %,d cells.", different));
  }

  private static String counts(Map<Cell, Finding> matrix) {
    return Comparison.counts(matrix).entrySet().stream()
        .map(each -> String.format(Locale.ROOT, "%,d %s", each.getValue(), each.getKey().word()))
        .collect(Collectors.joining(", "));
  }
}
