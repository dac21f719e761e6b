package org.eveproof.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eveproof.postprocessing.EpsilonBudget;

/** What is claimed of a key, part by part under the names of {@code proofs/README.md}. */
final class EpsilonLines {
  private EpsilonLines() {}

  /** Returns the parts and their sum in one line. */
  static String text(EpsilonBudget budget) {
    return String.format(
        Locale.ROOT,
        "correctness %.2e + secrecy %.2e + authentication %.2e + verification %.2e = %.2e",
        budget.correctness(),
        budget.secrecy(),
        budget.authentication(),
        budget.verification(),
        budget.total());
  }

  /** Returns the parts and their sum for JSON. */
  static Map<String, Object> json(EpsilonBudget budget) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("correctness", budget.correctness());
    shown.put("secrecy", budget.secrecy());
    shown.put("authentication", budget.authentication());
    shown.put("verification", budget.verification());
    shown.put("total", budget.total());
    return shown;
  }
}
