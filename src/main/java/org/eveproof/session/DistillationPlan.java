package org.eveproof.session;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.eveproof.postprocessing.CascadeReconciliation;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.SampleRule;
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
 */
public record DistillationPlan(
    int siftedBits,
    int ones,
    int sampledBits,
    double errorLimit,
    double secrecyEpsilon,
    double correctnessEpsilon,
    double biasEpsilon) {

  /** Greatest number of messages with parities. */
  static final int MAX_BATCHES = 2000;

  /** What Cascade is taken to disclose when the size of the sample is chosen, over n·h(Q). */
  private static final double EXPECTED_EFFICIENCY = 1.1;

  /** Checks the ranges. */
  public DistillationPlan {
    if (siftedBits < 1 || ones < 0 || ones > siftedBits) {
      throw new IllegalArgumentException(ones + " ones of " + siftedBits);
    }
    if (sampledBits < 0 || sampledBits > siftedBits) {
      throw new IllegalArgumentException("sampledBits=" + sampledBits);
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
   *     the longest key should the error rate be at the limit
   * @param errorLimit Q, 0 to 0.5
   * @param secrecyEpsilon ε_sec, in (0, 1)
   * @param correctnessEpsilon ε_cor, in (0, 1)
   * @param biasEpsilon ε_bias, in (0, 1)
   */
  public static DistillationPlan of(
      SecretBits alice,
      OptionalDouble sampleFraction,
      double errorLimit,
      double secrecyEpsilon,
      double correctnessEpsilon,
      double biasEpsilon) {
    long[] words = alice.toWords();
    int ones = 0;
    for (long word : words) {
      ones += Long.bitCount(word);
    }
    Arrays.fill(words, 0);
    DistillationPlan plan =
        new DistillationPlan(
            alice.length(), ones, 0, errorLimit, secrecyEpsilon, correctnessEpsilon, biasEpsilon);
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

  /** Returns the chance that anything at all is wrong with a key: the sum of the three. */
  public double totalEpsilon() {
    return secrecyEpsilon + correctnessEpsilon + biasEpsilon;
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
        new LengthRule.Counted(
            (kept, sampled, leaked) -> rule.secretBits(kept, sampled, leaked + onesLeakBits())));
  }

  private DistillationPlan sampling(double fraction) {
    return new DistillationPlan(
        siftedBits,
        ones,
        (int) Math.ceil(fraction * siftedBits),
        errorLimit,
        secrecyEpsilon,
        correctnessEpsilon,
        biasEpsilon);
  }

  /** Returns how long the key would be, were the error rate at the limit; a real number. */
  private double expectedLength() {
    int kept = siftedBits - sampledBits;
    double leak = EXPECTED_EFFICIENCY * kept * FiniteKeyRule.binaryEntropy(errorLimit);
    return rule().length(kept, sampledBits, leak);
  }
}
