package org.eveproof.spec;

import java.util.List;

/**
 * Builds values of TLA+ in one representation or another: as {@link TlaValue} or, inside {@link
 * Evaluator}, as TLC's own. Lists that are handed in are not used afterwards.
 *
 * @param <V> type of the values
 */
public interface ValueMaker<V> {
  /** Returns TRUE or FALSE. */
  V truth(boolean value);

  /** Returns an integer. */
  V integer(int value);

  /** Returns a string. */
  V text(String value);

  /** Returns a model value. */
  V modelValue(String name);

  /** Returns the set of the elements, of which some may be equal. */
  V set(List<V> elements);

  /** Returns the sequence of the elements. */
  V sequence(List<V> elements);

  /**
   * Returns the record with the given fields.
   *
   * @throws IllegalArgumentException if two names are equal
   */
  V record(List<String> names, List<V> values);

  /**
   * Returns the function that maps each key to the value at the same place.
   *
   * @throws IllegalArgumentException if two keys are equal
   */
  V function(List<V> keys, List<V> values);
}
