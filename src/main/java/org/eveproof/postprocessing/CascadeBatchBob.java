package org.eveproof.postprocessing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * Bob's side of Cascade for several keys of one length at once: all keys advance together, and each
 * of his messages asks for all of them. A batch takes as many round trips as its slowest key.
 */
public final class CascadeBatchBob implements AutoCloseable {
  private final CascadeSchedule schedule;
  private final List<CascadeBob> parties = new ArrayList<>();

  /**
   * Begins the reconciliation; Alice speaks first.
   *
   * @param keys his keys with errors, which the caller keeps and destroys
   * @param schedule of each of them
   * @param seed public seed of the shuffles, {@value CascadeSchedule#SEED_BITS} bits
   * @throws IllegalArgumentException if the keys and their passes have more than 2^31 − 1 bits
   *     together
   */
  public CascadeBatchBob(List<SecretBits> keys, CascadeSchedule schedule, Bits seed) {
    schedule.requireKeys(keys.size());
    this.schedule = schedule;
    for (SecretBits key : keys) {
      parties.add(new CascadeBob(key, schedule, CascadeSchedule.seedOfKey(seed, parties.size())));
    }
  }

  /** Returns the number of parities that Alice's next message must hold; 0 if he is done. */
  public int awaitedBits() {
    return parties.stream().mapToInt(CascadeBob::awaitedBits).sum();
  }

  /**
   * Takes Alice's parities, and corrects what they show.
   *
   * @param parities the answers to the last queries, in order
   * @return what to ask next; nothing if he is done with every key
   * @throws IllegalArgumentException if the number of parities is not {@link #awaitedBits}
   */
  public Optional<ParityQueries> take(Bits parities) {
    if (parities.length() != awaitedBits()) {
      throw new IllegalArgumentException(
          parities.length() + " parities instead of " + awaitedBits());
    }
    List<Optional<ParityQueries>> queries = new ArrayList<>();
    int from = 0;
    for (CascadeBob each : parties) {
      int to = from + each.awaitedBits();
      queries.add(to == from ? Optional.empty() : each.take(parities.slice(from, to)));
      from = to;
    }
    return queries.stream().allMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(ParityQueries.join(queries, schedule.stringBits()));
  }

  /** Returns his keys with the corrections so far, as {@link CascadeBob#corrected} does. */
  public List<SecretBits> corrected() {
    return parties.stream().map(CascadeBob::corrected).toList();
  }

  /** Overwrites what was derived from the keys. */
  @Override
  public void close() {
    parties.forEach(CascadeBob::close);
  }
}
