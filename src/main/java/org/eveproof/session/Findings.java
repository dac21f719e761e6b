package org.eveproof.session;

import java.util.Optional;
import org.eveproof.postprocessing.finitekey.DecoyCounts;
import org.eveproof.protocol.Bits;

/**
 * What a party has found out in an exchange so far. All of it is public, but only the party's own
 * view: Eve may have lied to it under a key that she knew.
 *
 * @param kept for each pulse, whether its bit is part of the key
 * @param sample for each pulse, whether its bit was compared in public, and lost to the key
 * @param errors number of compared bits that differ
 * @param decoys what was counted at each intensity, if there are several and it has been counted
 * @param parityBits number of parities of the key that were disclosed
 * @param batches number of messages in which they were
 * @param hashBits number of bits of a hash of the key that were disclosed
 * @param verified whether the peer's hash of the key was that of the own key; Bob's to find
 * @param secretBits length of the secret key; 0 if there is none yet
 */
public record Findings(
    Bits kept,
    Bits sample,
    int errors,
    Optional<DecoyCounts> decoys,
    long parityBits,
    int batches,
    int hashBits,
    boolean verified,
    int secretBits) {

  private static final Bits NOTHING = Bits.parse("");

  /** Nothing found out yet. */
  static final Findings NONE =
      new Findings(NOTHING, NOTHING, 0, Optional.empty(), 0, 0, 0, false, 0);

  /** Returns the number of bits about the key that were disclosed to everybody. */
  public long leak() {
    return parityBits + hashBits;
  }

  Findings sifted(Bits agreed) {
    return new Findings(
        agreed, sample, errors, decoys, parityBits, batches, hashBits, verified, secretBits);
  }

  /**
   * Takes the sample out of the key.
   *
   * @param among for each bit of the key so far, whether it was drawn
   */
  Findings sampled(Bits among) {
    Bits drawn = among.spread(kept);
    return new Findings(
        kept.xor(drawn),
        drawn,
        errors,
        decoys,
        parityBits,
        batches,
        hashBits,
        verified,
        secretBits);
  }

  Findings estimated(int differing, Optional<DecoyCounts> counted) {
    return new Findings(
        kept, sample, differing, counted, parityBits, batches, hashBits, verified, secretBits);
  }

  Findings disclosed(int parities) {
    return new Findings(
        kept,
        sample,
        errors,
        decoys,
        parityBits + parities,
        batches + 1,
        hashBits,
        verified,
        secretBits);
  }

  Findings hashed(int bits, boolean equal) {
    return new Findings(
        kept, sample, errors, decoys, parityBits, batches, hashBits + bits, equal, secretBits);
  }

  Findings amplified(int bits) {
    return new Findings(
        kept, sample, errors, decoys, parityBits, batches, hashBits, verified, bits);
  }
}
