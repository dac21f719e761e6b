package org.eveproof.postprocessing.ldpc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * Bob's side for several keys of one length at once: he looks for the errors that explain how
 * Alice's parities differ from those of his own keys, and asks for more where he finds none.
 */
public final class LdpcBob implements AutoCloseable {
  private static final int MOST_ITERATIONS = 80;

  private final List<SecretBits> keys;
  private final LdpcPlan plan;
  private final BeliefPropagation decoder;

  /** What Alice has disclosed of each key. */
  private final List<Bits> disclosed = new ArrayList<>();

  /** The errors of each key; none as long as it is not decoded. */
  private final List<long[]> errors = new ArrayList<>();

  /** Which keys are not decoded. */
  private Bits failed;

  private int round;

  /**
   * Begins the reconciliation; Alice speaks first.
   *
   * @param keys his keys with errors, which the caller keeps and destroys
   * @throws IllegalArgumentException if a key is not as long as planned
   */
  public LdpcBob(List<SecretBits> keys, LdpcPlan plan) {
    this.keys = plan.requireKeys(keys);
    this.plan = plan;
    this.decoder = new BeliefPropagation(plan.code(), MOST_ITERATIONS);
    for (int k = 0; k < keys.size(); k++) {
      disclosed.add(Bits.of(0, i -> false));
      errors.add(new long[(plan.keyBits() + 63) >>> 6]);
    }
    this.failed = Bits.of(keys.size(), k -> true);
  }

  /** Returns the number of parities that Alice's next message must hold; 0 if he is done. */
  public int awaitedBits() {
    return round == plan.rounds() ? 0 : failed.ones() * plan.parities(round);
  }

  /**
   * Takes Alice's parities, and decodes what they allow.
   *
   * @return which keys he needs more of; nothing if he is done, or no more is planned
   * @throws IllegalArgumentException if the number of parities is not {@link #awaitedBits}
   * @throws IllegalStateException if he is done
   */
  public Optional<Bits> take(Bits parities) {
    if (awaitedBits() == 0) {
      throw new IllegalStateException("reconciliation is over");
    }
    if (parities.length() != awaitedBits()) {
      throw new IllegalArgumentException(
          parities.length() + " parities instead of " + awaitedBits());
    }
    boolean[] still = new boolean[keys.size()];
    int from = 0;
    for (int k = 0; k < keys.size(); k++) {
      if (failed.get(k)) {
        int to = from + plan.parities(round);
        disclosed.set(k, disclosed.get(k).append(parities.slice(from, to)));
        still[k] = !decode(k);
        from = to;
      }
    }
    failed = Bits.of(keys.size(), k -> still[k]);
    round++;
    return awaitedBits() == 0 ? Optional.empty() : Optional.of(failed);
  }

  /** Returns which keys he could not decode so far. */
  public Bits failed() {
    return failed;
  }

  /**
   * Returns his keys, corrected where he found errors that explain the parities, to be destroyed on
   * their own. They may be others than Alice's; {@link
   * org.eveproof.postprocessing.ErrorVerification} tells.
   */
  public List<SecretBits> corrected() {
    List<SecretBits> corrected = new ArrayList<>();
    for (int k = 0; k < keys.size(); k++) {
      long[] words = keys.get(k).toWords();
      for (int w = 0; w < words.length; w++) {
        words[w] ^= errors.get(k)[w];
      }
      corrected.add(SecretBits.ofWords(words, plan.keyBits()));
      Arrays.fill(words, 0);
    }
    return corrected;
  }

  /** Overwrites what was derived from the keys. */
  @Override
  public void close() {
    decoder.wipe();
    errors.forEach(each -> Arrays.fill(each, 0));
  }

  private boolean decode(int k) {
    List<CheckRow> checks = plan.code().checks(plan.split(round));
    int[] syndrome = Parities.of(keys.get(k), checks, plan.code());
    plan.spread(disclosed.get(k), round, syndrome);
    boolean found = decoder.decode(checks, syndrome, plan.keyBits(), plan.errorRate());
    Arrays.fill(syndrome, 0);
    if (found) {
      long[] wrong = errors.get(k);
      for (int i = 0; i < plan.keyBits(); i++) {
        wrong[i >>> 6] |= decoder.isWrong(i) ? 1L << i : 0;
      }
    }
    return found;
  }
}
