package org.eveproof.postprocessing.ldpc;

import java.util.Arrays;
import java.util.List;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * Alice's side for several keys of one length at once: she discloses parities of her keys, which
 * never change. Each bit of a message is one bit of leak, for both parties to count.
 */
public final class LdpcAlice {
  private final List<SecretBits> keys;
  private final LdpcPlan plan;

  /** Which keys she has disclosed parities of in the last message. */
  private Bits last;

  private int round;

  /**
   * Begins the reconciliation.
   *
   * @param keys her keys, which the caller keeps and destroys
   * @throws IllegalArgumentException if a key is not as long as planned
   */
  public LdpcAlice(List<SecretBits> keys, LdpcPlan plan) {
    this.keys = plan.requireKeys(keys);
    this.plan = plan;
    this.last = Bits.of(keys.size(), k -> true);
  }

  /** Returns her first message: the syndrome of each key. */
  public Bits open() {
    return disclose();
  }

  /**
   * Returns more parities of the keys that Bob could not decode.
   *
   * @param failed from an untrusted source: which keys
   * @throws IllegalArgumentException if these are no keys that he was told about in the last
   *     message
   * @throws IllegalStateException if no more parities are planned
   */
  public Bits answer(Bits failed) {
    if (failed.length() != keys.size()
        || failed.ones() == 0
        || failed.select(last).ones() != failed.ones()) {
      throw new IllegalArgumentException("keys that were not in question");
    }
    if (round + 1 == plan.rounds()) {
      throw new IllegalStateException("no more parities are planned");
    }
    round++;
    last = failed;
    return disclose();
  }

  private Bits disclose() {
    List<CheckRow> rows = plan.disclosed(round);
    Bits message = Bits.of(0, i -> false);
    for (int k = 0; k < keys.size(); k++) {
      if (last.get(k)) {
        int[] parities = Parities.of(keys.get(k), rows, plan.code());
        message = message.append(Bits.of(parities.length, i -> parities[i] < 0));
        Arrays.fill(parities, 0);
      }
    }
    return message;
  }
}
