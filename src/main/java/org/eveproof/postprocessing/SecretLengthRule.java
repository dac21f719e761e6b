package org.eveproof.postprocessing;

/** How many secret bits a reconciled key is worth. Both parties must compute the same. */
@FunctionalInterface
public interface SecretLengthRule {

  /**
   * Returns the number of secret bits that may be extracted; 0 if there are none.
   *
   * @param keptBits length of the reconciled key, n, at least 0
   * @param sampledBits number of bits that were compared in public and discarded, k, at least 0
   * @param leakedBits number of bits about the key that were disclosed: parities and verification
   *     hash, as counted on the wire, at least 0
   */
  int secretBits(int keptBits, int sampledBits, long leakedBits);
}
