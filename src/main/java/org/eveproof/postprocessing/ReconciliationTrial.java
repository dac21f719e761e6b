package org.eveproof.postprocessing;

import java.util.List;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * What it took to correct one batch of keys, both parties in one thread, every message encoded and
 * read: for measurements.
 *
 * @param parityBits parities that Alice disclosed
 * @param hashBits verification hashes that she disclosed, in bits
 * @param roundTrips messages with parities, each of which answers a message or opens
 * @param messages messages of both parties, verification included; each would carry one tag
 * @param bytes payload of all messages, without frames and tags
 * @param refusedKeys keys whose hash showed that errors remain
 * @param corrected Bob's keys, to be destroyed by the caller
 */
public record ReconciliationTrial(
    long parityBits,
    long hashBits,
    int roundTrips,
    int messages,
    long bytes,
    int refusedKeys,
    List<SecretBits> corrected)
    implements AutoCloseable {

  /** Takes the list over. */
  public ReconciliationTrial {
    corrected = List.copyOf(corrected);
  }

  /**
   * Verifies the keys of a batch that was corrected.
   *
   * @param parityBits parities that Alice disclosed for it
   * @param roundTrips messages with parities
   * @param bytes payload of all messages so far
   * @param alice her keys
   * @param corrected Bob's keys, as many
   * @param random what the public seed is drawn from
   */
  public static ReconciliationTrial verified(
      long parityBits,
      int roundTrips,
      long bytes,
      List<SecretBits> alice,
      List<SecretBits> corrected,
      ErrorVerification verification,
      SecretRandom random) {
    Bits seed = ErrorVerification.drawSeed(random);
    int refused = 0;
    for (int k = 0; k < corrected.size(); k++) {
      Bits hash = verification.hash(alice.get(k), seed);
      refused += verification.accepts(corrected.get(k), seed, hash) ? 0 : 1;
    }
    long hashBits = (long) corrected.size() * verification.tagBits();
    // Besides the parities and the questions: Bob is done, the hashes, and which keys have passed.
    long verdictBytes = (corrected.size() + 7L) / 8;
    return new ReconciliationTrial(
        parityBits,
        hashBits,
        roundTrips,
        2 * roundTrips + 2,
        bytes + ErrorVerification.SEED_BITS / 8 + (hashBits + 7) / 8 + verdictBytes,
        refused,
        corrected);
  }

  /** Destroys Bob's keys. */
  @Override
  public void close() {
    corrected.forEach(SecretBits::close);
  }
}
