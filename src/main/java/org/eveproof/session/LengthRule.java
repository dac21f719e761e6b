package org.eveproof.session;

import java.util.Optional;
import org.eveproof.postprocessing.SecretLengthRule;
import org.eveproof.postprocessing.finitekey.DecoyLimits;
import org.eveproof.postprocessing.finitekey.FixedLength;
import org.eveproof.postprocessing.finitekey.SampleLimits;

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
   * @param published bits about the key that were disclosed before the exchange, at least 0
   */
  record Fixed(FixedLength limits, long published) implements LengthRule {
    /** Nothing was disclosed beforehand. */
    public Fixed(FixedLength limits) {
      this(limits, 0);
    }

    /** Returns whether the limits are kept; nothing if it is not yet known. */
    Optional<FixedLength.Verdict> judge(Findings findings) {
      long leaked = findings.leak() + published;
      return limits instanceof DecoyLimits decoys
          ? findings.decoys().map(counts -> decoys.judge(counts, leaked))
          : Optional.of(
              ((SampleLimits) limits)
                  .judge(findings.kept().ones(), findings.sample().ones(), leaked));
    }

    @Override
    public int secretBits(int keyBits, Findings findings) {
      return judge(findings)
          .filter(FixedLength.Accepted.class::isInstance)
          .map(FixedLength.Accepted.class::cast)
          .map(accepted -> (int) Math.min(keyBits, accepted.secretBits()))
          .orElse(0);
    }

    @Override
    public AbortReason noKey() {
      return limits.secretBits() == 0 ? AbortReason.TOO_SHORT : AbortReason.OUTSIDE_LIMITS;
    }
  }
}
