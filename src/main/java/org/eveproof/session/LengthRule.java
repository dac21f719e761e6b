package org.eveproof.session;

import org.eveproof.postprocessing.SecretLengthRule;
import org.eveproof.postprocessing.finitekey.FixedLength;

/** How many secret bits a verified key is worth. Both parties must compute the same. */
public sealed interface LengthRule {
  /**
   * Returns the number of secret bits that may be extracted; 0 if there are none.
   *
   * @param keyBits length of the verified key
   * @param findings what its making has shown
   */
  int secretBits(int keyBits, Findings findings);

  /** Returns why there is no key where the length is 0. */
  AbortReason noKey();

  /**
   * As long as the numbers of bits allow.
   *
   * @param rule the formula
   */
  record Counted(SecretLengthRule rule) implements LengthRule {
    @Override
    public int secretBits(int keyBits, Findings findings) {
      return rule.secretBits(keyBits, findings.sample().ones(), findings.leak());
    }

    @Override
    public AbortReason noKey() {
      return AbortReason.TOO_SHORT;
    }
  }

  /**
   * Of a length that was fixed beforehand, or none where one of its limits is missed.
   *
   * @param limits length and limits
   */
  record Fixed(FixedLength limits) implements LengthRule {
    @Override
    public int secretBits(int keyBits, Findings findings) {
      return findings
          .decoys()
          .map(counts -> limits.judge(counts, findings.leak()))
          .filter(FixedLength.Accepted.class::isInstance)
          .map(FixedLength.Accepted.class::cast)
          .map(accepted -> (int) Math.min(keyBits, accepted.secretBits()))
          .orElse(0);
    }

    @Override
    public AbortReason noKey() {
      return AbortReason.OUTSIDE_LIMITS;
    }
  }
}
