package org.eveproof.postprocessing;

/** The shuffle of one pass: a permutation that both parties derive from a public seed. */
sealed interface Shuffle permits GridShuffle, HalvesShuffle {

  /** Returns the position in the key of an index of the shuffled key. */
  int position(int index);

  /** Returns the index in the shuffled key of a position in the key. */
  int index(int position);

  /**
   * Returns the bits shuffled: bit i is the one at {@code position(i)}.
   *
   * @param words the key, zero past its end
   */
  long[] shuffle(long[] words);
}
