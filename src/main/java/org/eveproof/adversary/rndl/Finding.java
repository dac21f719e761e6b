package org.eveproof.adversary.rndl;

import java.util.List;

/**
 * The verdict on a cell.
 *
 * @param verdict over all of Eve's strategies
 * @param strategy the steps of one that gives this verdict; none for {@link Verdict#SAFE}
 */
public record Finding(Verdict verdict, List<String> strategy) {
  /** Eve has no strategy. */
  public static final Finding SAFE = new Finding(Verdict.SAFE, List.of());

  /** Copies the steps. */
  public Finding {
    strategy = List.copyOf(strategy);
  }

  /** Returns the worse of two, the earlier if they are alike. */
  public static Finding worse(Finding first, Finding second) {
    return second.verdict.compareTo(first.verdict) > 0 ? second : first;
  }
}
