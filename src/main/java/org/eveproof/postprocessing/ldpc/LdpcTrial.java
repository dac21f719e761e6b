package org.eveproof.postprocessing.ldpc;

import java.util.List;
import java.util.Optional;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.ReconciliationTrial;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/** Corrects keys with syndromes, both parties in one thread, to measure what it takes. */
public final class LdpcTrial {
  private LdpcTrial() {}

  /**
   * Corrects a batch.
   *
   * @param alice her keys, all as long as planned
   * @param bob his keys with errors, as many
   * @param random what the public seed of the verification is drawn from
   */
  public static ReconciliationTrial run(
      List<SecretBits> alice,
      List<SecretBits> bob,
      LdpcPlan plan,
      ErrorVerification verification,
      SecretRandom random) {
    LdpcAlice hers = new LdpcAlice(alice, plan);
    try (LdpcBob his = new LdpcBob(bob, plan)) {
      byte[] message = hers.open().toBytes();
      long parityBits = his.awaitedBits();
      long bytes = message.length;
      int roundTrips = 1;
      Optional<Bits> asked = his.take(Bits.fromBytes(message, his.awaitedBits()));
      while (asked.isPresent()) {
        byte[] failed = asked.get().toBytes();
        message = hers.answer(Bits.fromBytes(failed, alice.size())).toBytes();
        parityBits += his.awaitedBits();
        bytes += failed.length + message.length;
        roundTrips++;
        asked = his.take(Bits.fromBytes(message, his.awaitedBits()));
      }
      return ReconciliationTrial.verified(
          parityBits, roundTrips, bytes, alice, his.corrected(), verification, random);
    }
  }
}
