package org.eveproof.postprocessing.finitekey;

/**
 * What a round costs and what is left of it.
 *
 * @param secretBits ℓ, length of the key after privacy amplification, at least 0
 * @param reconciliationBits bits disclosed to correct errors, at least 0
 * @param verificationBits bits of the verification hash, also disclosed, at least 0
 * @param authenticationBits key bits that the tags of the round consume, at least 0
 */
public record KeyAccount(
    long secretBits, long reconciliationBits, long verificationBits, long authenticationBits) {
  /** Checks the ranges. */
  public KeyAccount {
    if (secretBits < 0
        || reconciliationBits < 0
        || verificationBits < 0
        || authenticationBits < 0) {
      throw new IllegalArgumentException(
          String.join(
              ", ",
              "secretBits=" + secretBits,
              "reconciliationBits=" + reconciliationBits,
              "verificationBits=" + verificationBits,
              "authenticationBits=" + authenticationBits));
    }
  }

  /** Returns all bits that were disclosed about the key: what the length formula must be given. */
  public long leakedBits() {
    return reconciliationBits + verificationBits;
  }

  /** Returns the key that is gained, ℓ less what the round consumed; negative if it lost some. */
  public long netBits() {
    return secretBits - authenticationBits;
  }
}
