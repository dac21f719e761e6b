package org.eveproof.postprocessing.ldpc;

import java.util.ArrayList;
import java.util.List;

/**
 * A quasi-cyclic code: its parity checks come in rows of {@code lift} checks, its bits in columns
 * of {@code lift} bits. Where a row meets a column, check i has bit (i + shift) mod lift.
 *
 * <p>Any row can be split in two, each with half of its columns: whoever knows the parities of the
 * row needs those of the first half only. So the code serves ever lower rates, and what was
 * disclosed before stays useful.
 *
 * @param columns number of columns
 * @param lift checks of a row and bits of a column, at least 1
 * @param rows the parity checks, before any is split
 */
record LdpcCode(int columns, int lift, List<CheckRow> rows) {
  /** Takes the list over. */
  LdpcCode {
    rows = List.copyOf(rows);
  }

  /** Returns the number of bits. */
  int bits() {
    return columns * lift;
  }

  /**
   * Returns the rows whose parities are disclosed, one after the other: all rows as they are, and
   * then the first half of each row.
   *
   * @param from which of them is the first, from 0
   * @param to one past the last, at most twice the number of rows
   */
  List<CheckRow> disclosed(int from, int to) {
    List<CheckRow> disclosed = new ArrayList<>();
    for (int d = from; d < to; d++) {
      disclosed.add(d < rows.size() ? rows.get(d) : rows.get(d - rows.size()).half(0));
    }
    return disclosed;
  }

  /**
   * Returns the checks that are left once some rows are split: both halves of these, then the
   * others.
   */
  List<CheckRow> checks(int split) {
    List<CheckRow> checks = new ArrayList<>();
    for (int r = 0; r < split; r++) {
      checks.add(rows.get(r).half(0));
      checks.add(rows.get(r).half(1));
    }
    checks.addAll(rows.subList(split, rows.size()));
    return checks;
  }
}
