package org.eveproof.quantum;

/** The check of a parameter's range. */
public final class Range {
  private Range() {}

  /**
   * Checks a value.
   *
   * @throws IllegalArgumentException unless it lies between the two, both allowed
   */
  public static void require(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + "=" + value + " must lie between " + least + " and " + most);
    }
  }
}
