package org.eveproof.postprocessing;

import java.util.List;

/**
 * With what probability a key may fail to be what is claimed of it: the four parts, and their sum,
 * which is the claim. By the union bound nothing need be independent.
 *
 * @param correctness ε_cor, what the length formula pays for: that the keys of the two parties
 *     differ and nobody notices, 0 to 1
 * @param secrecy ε_sec: how far the key is from one that Eve knows nothing of, in trace distance, 0
 *     to 1
 * @param authentication that a message which the peer has not sent was accepted in the round:
 *     number of attempts times the forgery probability of each, 0 to 1
 * @param verification that the verification hash which was really used lets different keys pass, 0
 *     to 1; at most ε_cor if it was chosen for it
 * @see <a href="https://arxiv.org/abs/1202.1229">Portmann, Key recycling in authentication (2014):
 *     the parts of a round add up, and so do rounds</a>
 */
public record EpsilonBudget(
    double correctness, double secrecy, double authentication, double verification) {
  /** Checks the ranges. */
  public EpsilonBudget {
    requireProbability("correctness", correctness);
    requireProbability("secrecy", secrecy);
    requireProbability("authentication", authentication);
    requireProbability("verification", verification);
  }

  /** Returns what is claimed for one key: the sum of the parts, at most 1. */
  public double total() {
    return Math.min(1, correctness + secrecy + authentication + verification);
  }

  /**
   * Returns what is claimed for several rounds together: the sum, at most 1.
   *
   * @param rounds all that were begun, also those that made no key
   */
  public static double total(List<EpsilonBudget> rounds) {
    return Math.min(1, rounds.stream().mapToDouble(EpsilonBudget::total).sum());
  }

  private static void requireProbability(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + "=" + value);
    }
  }
}
