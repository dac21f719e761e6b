package org.eveproof.postprocessing;

import java.util.List;
import java.util.Optional;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/** Corrects keys with Cascade, both parties in one thread, to measure what it takes. */
public final class CascadeTrial {
  private CascadeTrial() {}

  /**
   * Corrects a batch.
   *
   * @param alice her keys, all as long as the schedule says
   * @param bob his keys with errors, as many
   * @param random what the public seeds are drawn from
   */
  public static ReconciliationTrial run(
      List<SecretBits> alice,
      List<SecretBits> bob,
      CascadeSchedule schedule,
      ErrorVerification verification,
      SecretRandom random) {
    Bits shuffles = CascadeSchedule.drawSeed(random);
    try (CascadeBatchAlice hers = new CascadeBatchAlice(alice, schedule, shuffles);
        CascadeBatchBob his = new CascadeBatchBob(bob, schedule, shuffles)) {
      byte[] message = hers.open().toBytes();
      long parityBits = his.awaitedBits();
      long bytes = CascadeSchedule.SEED_BITS / 8L + message.length;
      int roundTrips = 1;
      Optional<ParityQueries> asked = his.take(Bits.fromBytes(message, his.awaitedBits()));
      while (asked.isPresent()) {
        byte[] queries = asked.get().encode();
        message = hers.answer(hers.read(queries).orElseThrow()).toBytes();
        parityBits += his.awaitedBits();
        bytes += queries.length + message.length;
        roundTrips++;
        asked = his.take(Bits.fromBytes(message, his.awaitedBits()));
      }
      return ReconciliationTrial.verified(
          parityBits, roundTrips, bytes, alice, his.corrected(), verification, random);
    }
  }
}
