package org.eveproof.cli;

import java.util.List;
import java.util.Locale;
import org.eveproof.evidence.Evidence;
import org.eveproof.evidence.Finding;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;

/** Findings as people read them: what, verdict, bounds, states, time. */
final class FindingsTable {
  private FindingsTable() {}

  /** Returns the table and the sum below it. */
  static String of(Evidence evidence) {
    Help.TextTable table =
        Help.TextTable.forColumns(
            Help.defaultColorScheme(Ansi.AUTO),
            new Column(46, 0, Overflow.WRAP),
            new Column(9, 1, Overflow.WRAP),
            new Column(46, 1, Overflow.WRAP),
            new Column(11, 1, Overflow.SPAN),
            new Column(9, 1, Overflow.SPAN));
    table.addRowValues("what", "verdict", "bounds", "states", "time");
    for (Finding finding : evidence.findings()) {
      table.addRowValues(
          finding.area() + ": " + what(finding),
          verdict(finding.verdict()),
          finding.bounds(),
          finding.states() == 0 ? "" : String.format(Locale.ROOT, "%,d", finding.states()),
          String.format(Locale.ROOT, "%.1f s", finding.seconds()));
    }
    StringBuilder text = new StringBuilder(table.toString());
    List<Finding> failed =
        evidence.findings().stream()
            .filter(finding -> finding.verdict() == Finding.Verdict.FAILED)
            .toList();
    for (Finding finding : failed) {
      text.append(System.lineSeparator())
          .append("FAILED  ")
          .append(finding.area())
          .append(": ")
          .append(what(finding))
          .append(System.lineSeparator())
          .append("        ")
          .append(finding.detail().replace("\n", "\n        "))
          .append(System.lineSeparator());
    }
    return text.append(System.lineSeparator())
        .append(evidence.findings().size() - failed.size() - evidence.skipped())
        .append(" held, ")
        .append(evidence.failed())
        .append(" failed, ")
        .append(evidence.skipped())
        .append(" skipped")
        .toString();
  }

  /** Returns what was checked, in words. */
  static String what(Finding finding) {
    return switch (finding.kind()) {
      case RED_TWIN -> "red twin " + finding.name();
      case REACH -> "goal " + finding.name();
      case MODEL -> "model " + finding.name();
      case CONFORMANCE, LINK, ATTACK, PROOF, PIN, COMPLETE -> finding.name();
    };
  }

  private static String verdict(Finding.Verdict verdict) {
    return switch (verdict) {
      case HELD -> "held";
      case FAILED -> "FAILED";
      case SKIPPED -> "skipped";
    };
  }
}
