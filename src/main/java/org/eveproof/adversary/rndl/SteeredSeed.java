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
    // Backwards, x meets r in windows: y[i] = sum over k of r[i + k] x[n - 1 - k].
    long[] window = Bits.of(n, k -> raw.get(n - 1 - k)).toWords();
    int length = n + target.length() - 1;
    long[] seed = new long[(length + 63) / 64 + 1];
    for (int k = 0; k < n - 1 - first; k++) {
      seed[k >> 6] |= random.nextBoolean() ? 1L << k : 0;
    }
    for (int i = 0; i < target.length(); i++) {
      long sum = 0;
      for (int w = 0; w < window.length; w++) {
        int at = (i >> 6) + w;
        long low = seed[at] >>> i;
        long high = (i & 63) == 0 ? 0 : seed[at + 1] << -i;
        sum ^= window[w] & (low | high);
      }
      if (((Long.bitCount(sum) & 1) == 1) != target.get(i)) {
        int k = i + n - 1 - first;
        seed[k >> 6] |= 1L << k;
      }
    }
    return Bits.of(length, k -> (seed[k >> 6] >>> k & 1) == 1);
  }
}
