package org.eveproof.session;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Suite;
import org.eveproof.postprocessing.CascadeReconciliation;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.EpsilonBudget;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.SampleRule;
import org.eveproof.postprocessing.finitekey.SampleLimits;
import org.eveproof.protocol.SecretBits;

/**
 * How sifted keys of unknown making are distilled; all of it is public, and fixed before the sample
 * is drawn.
 *
 * <p>Such keys are often biased: their bits are not fair coins. The bias is charged as follows. The
 * number of ones of Alice's sifted key is published, which costs ⌈log2(N + 1)⌉ bits of leak. By
 * Hoeffding's bound, each value of a bit then has a probability of at most p = max(ones, N −
 * ones)/N + √(ln(2/ε_bias)/(2N)), but for a chance of ε_bias. In the length formula each raw bit
 * then counts with q = −log2 p bits of uncertainty, its min-entropy, instead of 1. This takes the
 * bits for independent, with the same bias in both bases; it does not repair devices that behave
 * differently in the two bases, or whose bias Eve can steer bit by bit.
 *
 * @param siftedBits length of either sifted key, N
 * @param ones number of ones in Alice's
 * @param sampledBits number of bits that are compared in public, k, 0 to N
 * @param errorLimit Q, greatest tolerated error rate of the sample
 * @param secrecyEpsilon ε_sec
 * @param correctnessEpsilon ε_cor
 * @param biasEpsilon ε_bias
 * @param expectedErrorRate of the experiment, if it was said beforehand, 0 to 0.5: then the length
 *     follows from these figures alone, and a key that takes more disclosed bits than {@link
 *     #limits} allow is given up; else it follows what was disclosed
 */
public record DistillationPlan(
    int siftedBits,
    int ones,
    int sampledBits,
    double errorLimit,
    double secrecyEpsilon,
    double correctnessEpsilon,
    double biasEpsilon,
    OptionalDouble expectedErrorRate) {

  /** Greatest number of messages with parities. */
  static final int MAX_BATCHES = 2000;

  /** What Cascade may disclose over n·h(e), at the greatest e that a tolerable sample promises. */
  private static final double EFFICIENCY = 1.1;

  /** Checks the ranges. */
  public DistillationPlan {
    if (siftedBits < 1 || ones < 0 || ones > siftedBits) {
      throw new IllegalArgumentException(ones + " ones of " + siftedBits);
    }
    if (sampledBits < 0 || sampledBits > siftedBits) {
      throw new IllegalArgumentException("sampledBits=" + sampledBits);
    }
    if (!(expectedErrorRate.orElse(0) >= 0 && expectedErrorRate.orElse(0) <= 0.5)) {
      throw new IllegalArgumentException("expectedErrorRate=" + expectedErrorRate);
    }
    if (!(biasEpsilon > 0 && biasEpsilon < 1)) {
      throw new IllegalArgumentException("biasEpsilon=" + biasEpsilon);
    }
  }

  /**
   * Makes the plan for a key.
   *
   * @param alice her sifted key, of which only the length and the number of ones go into the plan
   * @param sampleFraction the share to compare, in (0, 1); if none is given, the one that promises
   *     the longest key should the error rate be the expected one, or else at the limit
   * @param errorLimit Q, 0 to 0.5
   * @param secrecyEpsilon ε_sec, in (0, 1)
   * @param correctnessEpsilon ε_cor, in (0, 1)
   * @param biasEpsilon ε_bias, in (0, 1)
   * @param expectedErrorRate of the experiment, for a length that is fixed before the sample is
   *     drawn, 0 to 0.5; none for one that follows what was disclosed
   */
  public static DistillationPlan of(
      SecretBits alice,
      OptionalDouble sampleFraction,
      double errorLimit,
      double secrecyEpsilon,
      double correctnessEpsilon,
      double biasEpsilon,
      OptionalDouble expectedErrorRate) {
    long[] words = alice.toWords();
    int ones = 0;
    for (long word : words) {
      ones += Long.bitCount(word);
    }
    Arrays.fill(words, 0);
    DistillationPlan plan =
        new DistillationPlan(
            alice.length(),
            ones,
            0,
            errorLimit,
            secrecyEpsilon,
            correctnessEpsilon,
            biasEpsilon,
            expectedErrorRate);
    return sampleFraction.isPresent()
        ? plan.sampling(sampleFraction.getAsDouble())
        : IntStream.range(1, 50)
            .mapToObj(percent -> plan.sampling(percent / 100.0))
            .max(Comparator.comparingDouble(DistillationPlan::expectedLength))
            .orElseThrow();
  }

  /** Returns p, the upper limit of the probability of a raw bit's likelier value, at most 1. */
  public double likelierValue() {
    double share = (double) Math.max(ones, siftedBits - ones) / siftedBits;
    return Math.min(1, share + Math.sqrt(Math.log(2 / biasEpsilon) / (2.0 * siftedBits)));
  }

  /** Returns q = −log2 p, the bits of uncertainty that a raw bit counts with, 0 to 1. */
  public double rawBitQuality() {
    return Math.min(1, Math.abs(Math.log(likelierValue()) / Math.log(2)));
  }

  /** Returns what it leaks to publish the number of ones, in bits: ⌈log2(N + 1)⌉. */
  public int onesLeakBits() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(siftedBits);
  }

  /** Returns the length formula, into which the leak of {@link #onesLeakBits} is still to go. */
  public FiniteKeyRule rule() {
    return new FiniteKeyRule(errorLimit, secrecyEpsilon, correctnessEpsilon, rawBitQuality(), 4);
  }

  /** Returns the verification hash: the shortest one that ε_cor allows. */
  public ErrorVerification verification() {
    return ErrorVerification.forEpsilon(
        siftedBits, Math.min(correctnessEpsilon, ErrorVerification.MOST_EPSILON));
  }

  /**
   * Returns what is claimed of a key. Secrecy is that of the length formula and of the bias;
   * authentication is one attempt under each one-time key that an end has for the run, at the
   * longest frame.
   */
  public EpsilonBudget epsilon() {
    return new EpsilonBudget(
        correctnessEpsilon,
        Math.min(1, secrecyEpsilon + biasEpsilon),
        Math.min(
            1,
            (double) Distillation.MESSAGES
                * Suite.WEGMAN_CARTER.authenticator().forgeryBound(Frame.MAX_BYTES)),
        verification().epsilon(siftedBits - sampledBits));
  }

  /** Returns what a run must show for a key of a fixed length, all that is published included. */
  public SampleLimits limits() {
    int kept = siftedBits - sampledBits;
    return new SampleLimits(
        rule(),
        kept,
        sampledBits,
        Acceptance.leak(
                errorRate -> EFFICIENCY,
                expectedErrorRate.orElse(errorLimit),
                kept,
                (double) kept * sampledBits / siftedBits)
            + verification().tagBits()
            + onesLeakBits());
  }

  /** Returns the parameters of an exchange over these keys. */
  ExchangeParameters exchange() {
    FiniteKeyRule rule = rule();
    return new ExchangeParameters(
        1,
        new SampleRule.RandomSubset(sifted -> sampledBits),
        errorLimit,
        (keyBits, errorRate) ->
            new CascadeReconciliation(CascadeSchedule.efficient(keyBits, errorRate)),
        MAX_BATCHES,
        verification(),
        expectedErrorRate.isPresent()
            ? new LengthRule.Fixed(limits(), onesLeakBits())
            : new LengthRule.Counted(
                (kept, sampled, leaked) ->
                    rule.secretBits(kept, sampled, leaked + onesLeakBits())));
  }

  private DistillationPlan sampling(double fraction) {
    return new DistillationPlan(
        siftedBits,
        ones,
        (int) Math.ceil(fraction * siftedBits),
        errorLimit,
        secrecyEpsilon,
        correctnessEpsilon,
        biasEpsilon,
        expectedErrorRate);
  }

  /** Returns how long the key would be, were as much disclosed as may be; a real number. */
  private double expectedLength() {
    SampleLimits limits = limits();
    return rule().length(limits.leastKept(), limits.leastSampled(), (double) limits.greatestLeak());
  }
}
