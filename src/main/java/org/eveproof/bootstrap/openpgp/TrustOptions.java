package org.eveproof.bootstrap.openpgp;

/**
 * How much vouching makes a user id valid.
 *
 * @param completesNeeded fully trusted introducers that suffice, 1 to 255
 * @param marginalsNeeded marginally trusted introducers that suffice, 2 to 255
 * @param maxCertDepth greatest number of certifications from one's own key to a valid one, 1 to 255
 * @param model which certifications make introducers
 */
public record TrustOptions(
    int completesNeeded, int marginalsNeeded, int maxCertDepth, TrustModel model) {
  /** What GnuPG does if it is told nothing. */
  public static final TrustOptions DEFAULT = new TrustOptions(1, 3, 5, TrustModel.PGP);

  /** Greatest number: GnuPG keeps them in one byte. */
  public static final int MOST = 255;

  /** Checks the numbers, as GnuPG does. */
  public TrustOptions {
    if (completesNeeded < 1 || completesNeeded > MOST) {
      throw new IllegalArgumentException("completes needed: 1 to 255, not " + completesNeeded);
    }
    if (marginalsNeeded < 2 || marginalsNeeded > MOST) {
      throw new IllegalArgumentException("marginals needed: 2 to 255, not " + marginalsNeeded);
    }
    if (maxCertDepth < 1 || maxCertDepth > MOST) {
      throw new IllegalArgumentException("certification depth: 1 to 255, not " + maxCertDepth);
    }
  }
}
