package org.eveproof.postprocessing.ldpc;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Parity checks that are shifted copies of each other.
 *
 * @param blocks where they have bits, each column at most once
 */
record CheckRow(List<Block> blocks) {
  /** Takes the list over. */
  CheckRow {
    blocks = List.copyOf(blocks);
  }

  /**
   * Where a row meets a column.
   *
   * @param column from 0
   * @param shift check i has bit (i + shift) modulo the lift
   */
  record Block(int column, int shift) {}

  /** Returns the number of bits of each check. */
  int degree() {
    return blocks.size();
  }

  /** Returns the row with every second column: the even ones from 0 on, the odd ones from 1. */
  CheckRow half(int from) {
    return new CheckRow(
        IntStream.iterate(from, b -> b < degree(), b -> b + 2).mapToObj(blocks::get).toList());
  }
}
