package org.eveproof.session;

import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.Reconciliation;
import org.eveproof.postprocessing.SampleRule;

/**
 * What both parties fixed before the exchange; all of it is public.
 *
 * @param intensities number of intensities between which Alice chooses, 1 to 3
 * @param sampling which of the sifted bits are compared in public
 * @param errorLimit greatest error rate of the sample that is tolerated, 0 to 0.5
 * @param reconciliation how a key is reconciled
 * @param maxBatches greatest number of messages with parities, at least 1
 * @param verification which hash the reconciled keys are compared by
 * @param lengthRule how many secret bits remain
 */
public record ExchangeParameters(
    int intensities,
    SampleRule sampling,
    double errorLimit,
    ReconciliationRule reconciliation,
    int maxBatches,
    ErrorVerification verification,
    LengthRule lengthRule) {

  /** Says how a key is reconciled; both parties must get the same answer. */
  @FunctionalInterface
  public interface ReconciliationRule {
    /**
     * Returns the plan.
     *
     * @param keyBits length of the key, at least 1
     * @param errorRate error rate of the sample, 0 to 1
     */
    Reconciliation plan(int keyBits, double errorRate);
  }

  /** Checks the ranges. */
  public ExchangeParameters {
    if (intensities < 1 || intensities > 3) {
      throw new IllegalArgumentException("intensities=" + intensities);
    }
    if (!(errorLimit >= 0 && errorLimit <= 0.5) || maxBatches < 1) {
      throw new IllegalArgumentException("errorLimit=" + errorLimit + ", maxBatches=" + maxBatches);
    }
  }

  /** Returns how many binary digits the index of an intensity has; 0 if there is only one. */
  int intensityDigits() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(intensities - 1);
  }
}
