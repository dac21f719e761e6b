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

  /** Whether Bob may ask this now: about keys of the last message, while more is planned. */
  public boolean mayBeAsked(Bits failed) {
    return failed.length() == keys.size()
        && failed.ones() > 0
        && failed.select(last).ones() == failed.ones()
        && round + 1 < plan.rounds();
  }

  /**
   * Returns more parities of the keys that Bob could not decode.
   *
   * @param failed which keys
   * @throws IllegalArgumentException unless he {@linkplain #mayBeAsked may ask} this
   */
  public Bits answer(Bits failed) {
    if (!mayBeAsked(failed)) {
      throw new IllegalArgumentException("keys that are not in question, or no more");
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
