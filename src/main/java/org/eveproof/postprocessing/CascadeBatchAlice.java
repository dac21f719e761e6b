package org.eveproof.postprocessing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * Alice's side of Cascade for several keys of one length at once: each of her messages answers for
 * all of them, so that they share the round trips and the authentication of each message.
 */
public final class CascadeBatchAlice implements AutoCloseable {
  private final CascadeSchedule schedule;
  private final List<CascadeAlice> parties = new ArrayList<>();

  /**
   * Begins the reconciliation.
   *
   * @param keys her keys, which the caller keeps and destroys
   * @param schedule of each of them
   * @param seed public seed of the shuffles, {@value CascadeSchedule#SEED_BITS} bits; each key has
   *     shuffles of its own
   * @throws IllegalArgumentException if the keys and their passes have more than 2^31 − 1 bits
   *     together
   */
  public CascadeBatchAlice(List<SecretBits> keys, CascadeSchedule schedule, Bits seed) {
    schedule.requireKeys(keys.size());
    this.schedule = schedule;
    for (SecretBits key : keys) {
      parties.add(new CascadeAlice(key, schedule, CascadeSchedule.seedOfKey(seed, parties.size())));
    }
  }

  /** Returns her first message: the opening parities of each key. */
  public Bits open() {
    Bits parities = Bits.of(0, i -> false);
    for (CascadeAlice each : parties) {
      parities = parities.append(each.open());
    }
    return parities;
  }

  /**
   * Reads what Bob asks, from an untrusted source.
   *
   * @return the queries; nothing if the bytes are no encoding of at least one range
   */
  public Optional<ParityQueries> read(byte[] queries) {
    return ParityQueries.decode(queries, schedule, parties.size());
  }

  /**
   * Returns the parities that Bob asks for, in order.
   *
   * @param queries which {@link #read} has returned
   */
  public Bits answer(ParityQueries queries) {
    Bits parities = Bits.of(0, i -> false);
    for (int k = 0; k < parties.size(); k++) {
      parities = parities.append(parties.get(k).answer(queries.of(k, schedule.stringBits())));
    }
    return parities;
  }

  /** Overwrites what was derived from the keys. */
  @Override
  public void close() {
    parties.forEach(CascadeAlice::close);
  }
}
