package org.eveproof.postprocessing;

import java.util.List;
import java.util.Optional;
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
public record CascadeTrial(
    long parityBits,
    long hashBits,
    int roundTrips,
    int messages,
    long bytes,
    int refusedKeys,
    List<SecretBits> corrected)
    implements AutoCloseable {

  /** Takes the list over. */
  public CascadeTrial {
    corrected = List.copyOf(corrected);
  }

  /**
   * Corrects a batch.
   *
   * @param alice her keys, all as long as the schedule says
   * @param bob his keys with errors, as many
   * @param random what the public seeds are drawn from
   */
  public static CascadeTrial run(
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
      List<SecretBits> corrected = his.corrected();
      Bits seed = ErrorVerification.drawSeed(random);
      int refused = 0;
      for (int k = 0; k < corrected.size(); k++) {
        Bits hash = verification.hash(alice.get(k), seed);
        refused += verification.accepts(corrected.get(k), seed, hash) ? 0 : 1;
      }
      long hashBits = (long) corrected.size() * verification.tagBits();
      // Besides the parities and the questions: Bob is done, the hashes, and which keys have
      // passed.
      long verdictBytes = (corrected.size() + 7L) / 8;
      bytes += ErrorVerification.SEED_BITS / 8 + (hashBits + 7) / 8 + verdictBytes;
      return new CascadeTrial(
          parityBits, hashBits, roundTrips, 2 * roundTrips + 2, bytes, refused, corrected);
    }
  }

  /** Destroys Bob's keys. */
  @Override
  public void close() {
    corrected.forEach(SecretBits::close);
  }
}
