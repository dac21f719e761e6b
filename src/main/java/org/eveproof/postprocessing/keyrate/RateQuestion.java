package org.eveproof.postprocessing.keyrate;

import org.eveproof.postprocessing.EpsilonBudget;
import org.eveproof.postprocessing.FiniteKeyRule;

/**
 * For what a rate is asked.
 *
 * @param link fibre and detectors
 * @param kilometres length of the fibre, at least 0
 * @param blockBits number of sifted bits in the key's basis that make one key, at least 1
 * @param efficiency f, what error correction discloses over n·h(E), at least 1
 * @param secrecy ε_sec
 * @param correctnessEpsilon ε_cor, in (0, 1)
 * @param verificationBits length of the verification hash, 0 to 128; 0 as papers compute, which let
 *     the term of ε_cor pay for it
 * @param tags number of authenticated messages in a round, at least 0; 0 as papers compute
 */
public record RateQuestion(
    FibreLink link,
    double kilometres,
    int blockBits,
    double efficiency,
    SecrecyTarget secrecy,
    double correctnessEpsilon,
    int verificationBits,
    int tags) {
  /** Bits of a tag's one-time pad, and of a block that is hashed. */
  private static final int BLOCK_BITS = 128;

  /** Checks the ranges. */
  public RateQuestion {
    if (!(kilometres >= 0 && kilometres < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("kilometres=" + kilometres);
    }
    if (blockBits < 1 || !(efficiency >= 1) || verificationBits < 0 || tags < 0) {
      throw new IllegalArgumentException(
          String.join(
              ", ",
              "blockBits=" + blockBits,
              "efficiency=" + efficiency,
              "verificationBits=" + verificationBits,
              "tags=" + tags));
    }
    if (!(correctnessEpsilon > 0 && correctnessEpsilon < 1)) {
      throw new IllegalArgumentException("correctnessEpsilon=" + correctnessEpsilon);
    }
  }

  /** Returns the same question for another length of fibre. */
  public RateQuestion at(double otherKilometres) {
    return new RateQuestion(
        link,
        otherKilometres,
        blockBits,
        efficiency,
        secrecy,
        correctnessEpsilon,
        verificationBits,
        tags);
  }

  /** Returns the same question for another size of block. */
  public RateQuestion ofBlock(int otherBits) {
    return new RateQuestion(
        link,
        kilometres,
        otherBits,
        efficiency,
        secrecy,
        correctnessEpsilon,
        verificationBits,
        tags);
  }

  /** Returns what error correction is expected to disclose, in whole bits. */
  long reconciliationBits(double errorRate) {
    return (long) Math.ceil(reconciliation(errorRate));
  }

  /** Returns f n h(E), which grows without steps. */
  double reconciliation(double errorRate) {
    return efficiency * blockBits * FiniteKeyRule.binaryEntropy(errorRate);
  }

  /** Returns the key that tags consume: a pad for each, and a fresh hash key for each direction. */
  long authenticationBits() {
    return tags == 0 ? 0 : (tags + 2L) * BLOCK_BITS;
  }

  /**
   * Returns what is claimed for a key.
   *
   * @param detections all detections of the round; about each, one block of 128 bits is taken to be
   *     authenticated, and each block of a message adds 2^−128 to the chance of a forgery
   */
  EpsilonBudget budget(double secrecyEpsilon, double detections) {
    double blocks = Math.ceil(blockBits / (double) BLOCK_BITS);
    return new EpsilonBudget(
        correctnessEpsilon,
        secrecyEpsilon,
        tags == 0 ? 0 : Math.min(1, Math.scalb(detections + tags, -BLOCK_BITS)),
        verificationBits == 0 ? 0 : Math.min(1, Math.scalb(blocks, -verificationBits)));
  }
}
