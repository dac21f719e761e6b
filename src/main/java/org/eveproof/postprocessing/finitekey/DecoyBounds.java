package org.eveproof.postprocessing.finitekey;

/**
 * What the decoys tell of the photons. All of it holds together but for ε_sec.
 *
 * @param vacuum least number of bits of the key from pulses without photon, s_0
 * @param singles least number of bits of the key from single photons, s_1
 * @param testVacuum the same as {@code vacuum} in the test basis
 * @param testSingles the same as {@code singles} in the test basis
 * @param testSingleErrors greatest number of errors among the single photons of the test basis, v_1
 * @param phaseError greatest phase error rate of the single photons of the key, φ, at most 1/2
 */
public record DecoyBounds(
    double vacuum,
    double singles,
    double testVacuum,
    double testSingles,
    double testSingleErrors,
    double phaseError) {

  /** Whether single photons are seen in both bases. If not, there is no key. */
  public boolean showSinglePhotons() {
    return singles > 0 && testSingles > 0;
  }
}
