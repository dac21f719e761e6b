package org.eveproof.postprocessing.finitekey;

/**
 * What was counted in one basis at one intensity. Real numbers, so that expected counts can be put
 * in.
 *
 * @param detections number of sifted bits, n_k, at least 0
 * @param errors number of them that differ, m_k, 0 to {@code detections}
 */
public record Tally(double detections, double errors) {
  /** Checks the ranges. */
  public Tally {
    if (!(detections >= 0 && detections < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("detections=" + detections);
    }
    if (!(errors >= 0 && errors <= detections)) {
      throw new IllegalArgumentException(errors + " errors in " + detections + " detections");
    }
  }
}
