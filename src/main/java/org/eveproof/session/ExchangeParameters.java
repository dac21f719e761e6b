package org.eveproof.session;

import java.util.function.IntUnaryOperator;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.SecretLengthRule;

/**
 * What both parties fixed before the exchange; all of it is public.
 *
 * @param sampling how many of so many sifted bits are compared in public
 * @param errorLimit greatest error rate of the sample that is tolerated, 0 to 0.5
 * @param reconciliation how Cascade goes about it
 * @param maxBatches greatest number of messages with parities, at least 1
 * @param verification which hash the reconciled keys are compared by
 * @param lengthRule how many secret bits remain
 */
public record ExchangeParameters(
    IntUnaryOperator sampling,
    double errorLimit,
    ScheduleRule reconciliation,
    int maxBatches,
    ErrorVerification verification,
    SecretLengthRule lengthRule) {

  /** Says how Cascade goes about a key; both parties must get the same answer. */
  @FunctionalInterface
  public interface ScheduleRule {
    /**
     * Returns the passes.
     *
     * @param keyBits length of the key, at least 1
     * @param errorRate error rate of the sample, 0 to 1
     */
    CascadeSchedule schedule(int keyBits, double errorRate);
  }

  /** Checks the ranges. */
  public ExchangeParameters {
    if (!(errorLimit >= 0 && errorLimit <= 0.5) || maxBatches < 1) {
      throw new IllegalArgumentException("errorLimit=" + errorLimit + ", maxBatches=" + maxBatches);
    }
  }

  /**
   * Returns the rule that compares a share of the sifted bits, rounded up.
   *
   * @param fraction the share, in (0, 1)
   */
  public static IntUnaryOperator share(double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException("fraction=" + fraction);
    }
    return sifted -> (int) Math.ceil(fraction * sifted);
  }

  /** Whether so many sifted bits give a sample and leave a key. */
  boolean isEnough(int sifted) {
    int sampled = sampling.applyAsInt(sifted);
    return sampled > 0 && sampled < sifted;
  }
}
