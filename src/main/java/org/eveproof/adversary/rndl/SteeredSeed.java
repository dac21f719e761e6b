package org.eveproof.adversary.rndl;

import java.util.random.RandomGenerator;
import org.eveproof.protocol.Bits;

/**
 * A seed of the privacy amplification that takes a known raw key to a key of Eve's choice. The
 * matrix is universal only for a seed that nobody chose with the raw key in sight: in the caller's
 * place Eve chooses it.
 */
final class SteeredSeed {
  private SteeredSeed() {}

  /**
   * Solves y[i] = sum over j of r[i - j + n - 1] x[j] for r, one y after the other: the first x[j]
   * that is one brings in a new r each time.
   *
   * @param raw x, not all zero
   * @param target y
   */
  static Bits towards(Bits raw, Bits target, RandomGenerator random) {
    int n = raw.length();
    int first = 0;
    while (!raw.get(first)) {
      first++;
    }
    boolean[] seed = new boolean[n + target.length() - 1];
    for (int k = 0; k < n - 1 - first; k++) {
      seed[k] = random.nextBoolean();
    }
    for (int i = 0; i < target.length(); i++) {
      boolean sum = target.get(i);
      for (int j = first + 1; j < n; j++) {
        sum ^= raw.get(j) && seed[i - j + n - 1];
      }
      seed[i - first + n - 1] = sum;
    }
    return Bits.of(seed.length, k -> seed[k]);
  }
}
