package org.eveproof.adversary.rndl;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A cell of the matrix.
 *
 * @param exchange how payload keys are established
 * @param anchor what trust rests on
 * @param moment at which everything leaks
 * @param leaks what leaks
 * @param compared whether fingerprints are compared when the sessions of a bootstrap are over
 * @param key number of the payload key: 1 before the handover, 2 after it, 3 after a second
 *     bootstrap (which every leak precedes)
 */
public record Cell(
    PayloadExchange exchange,
    Anchor anchor,
    Moment moment,
    Set<Leak> leaks,
    boolean compared,
    int key) {

  /** Copies the set. */
  public Cell {
    leaks = Set.copyOf(leaks);
  }

  /** Returns the keys that have a cell of their own for a moment. */
  public static List<Integer> keysOf(Moment moment) {
    return moment == Moment.BEFORE ? List.of(1, 2, 3) : List.of(1, 2);
  }

  /** Returns the leaks as words, in a fixed order. */
  public static String words(Set<Leak> leaks) {
    return leaks.isEmpty()
        ? "nothing"
        : EnumSet.copyOf(leaks).stream().map(Leak::specName).collect(Collectors.joining(" + "));
  }
}
