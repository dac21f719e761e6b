package org.eveproof.postprocessing.finitekey;

import org.eveproof.postprocessing.SecretLengthRule;

/**
 * A fixed length of a key from single photons, of which a sample was compared. The limit of the
 * sample's error rate is a matter of the rule. The length of the formula rises with the bits that
 * are kept and with those that are sampled, and falls with the leak: a run inside of the limits is
 * worth no less than what is extracted.
 *
 * @param rule the formula, which rises with its first two arguments and falls with the third
 * @param leastKept least n, at least 0
 * @param leastSampled least k, at least 0
 * @param greatestLeak most bits that may be disclosed, verification hash included, at least 0
 * @see <a href="https://doi.org/10.1038/ncomms1631">Tomamichel, Lim, Gisin and Renner, Nat. Commun.
 *     3, 634 (2012): block length, sample, error limit, leak and length are parameters of the
 *     protocol</a>
 */
public record SampleLimits(
    SecretLengthRule rule, int leastKept, int leastSampled, long greatestLeak)
    implements FixedLength {

  /** Checks the ranges. */
  public SampleLimits {
    if (leastKept < 0 || leastSampled < 0 || greatestLeak < 0) {
      throw new IllegalArgumentException(
          "leastKept="
              + leastKept
              + ", leastSampled="
              + leastSampled
              + ", greatestLeak="
              + greatestLeak);
    }
  }

  @Override
  public long secretBits() {
    return rule.secretBits(leastKept, leastSampled, greatestLeak);
  }

  /**
   * Accepts or aborts a run whose sample's error rate was tolerated.
   *
   * @param kept number of bits of the key
   * @param sampled number of bits that were compared
   * @param leakedBits what was really disclosed, verification hash included
   */
  public Verdict judge(int kept, int sampled, long leakedBits) {
    if (secretBits() == 0) {
      return new Refused("these limits leave no key; more pulses, or less loss and noise, would");
    }
    if (kept < leastKept) {
      return new Refused("kept bits " + kept + " are below " + leastKept);
    }
    if (sampled < leastSampled) {
      return new Refused("sampled bits " + sampled + " are below " + leastSampled);
    }
    if (leakedBits > greatestLeak) {
      return new Refused("leak of " + leakedBits + " bits is above " + greatestLeak);
    }
    return new Accepted(secretBits());
  }
}
