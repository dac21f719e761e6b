package org.eveproof.postprocessing.finitekey;

import java.util.List;

/**
 * All counts of one block: those of the basis that makes the key and those of the basis that tests,
 * one tally for each intensity of the {@link DecoySource}, in its order.
 */
public record DecoyCounts(List<Tally> key, List<Tally> test) {
  /** Holds the two against each other. */
  public DecoyCounts {
    key = List.copyOf(key);
    test = List.copyOf(test);
    if (key.size() != test.size()) {
      throw new IllegalArgumentException(key.size() + " and " + test.size() + " intensities");
    }
  }

  /** Returns the number of sifted bits in the basis of the key, over all intensities. */
  public double keyBits() {
    return detections(key);
  }

  /** Returns the share of them that differ, 0 to 1; 0 if there are none. */
  public double keyErrorRate() {
    return keyBits() == 0 ? 0 : errors(key) / keyBits();
  }

  static double detections(List<Tally> basis) {
    return basis.stream().mapToDouble(Tally::detections).sum();
  }

  static double errors(List<Tally> basis) {
    return basis.stream().mapToDouble(Tally::errors).sum();
  }
}
