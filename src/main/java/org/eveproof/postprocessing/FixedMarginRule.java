package org.eveproof.postprocessing;

/**
 * Grants what has not leaked, less a fixed margin: n − leak − margin. It makes no claim about the
 * knowledge of a quantum adversary; it serves tiny instances, where every finite-key bound is void.
 *
 * @param marginBits what Eve is taken to know when the sample has passed, in bits, at least 0
 */
public record FixedMarginRule(int marginBits) implements SecretLengthRule {
  /** Checks the range. */
  public FixedMarginRule {
    if (marginBits < 0) {
      throw new IllegalArgumentException("marginBits=" + marginBits);
    }
  }

  @Override
  public int secretBits(int keptBits, int sampledBits, long leakedBits) {
    return (int) Math.max(0, keptBits - leakedBits - marginBits);
  }
}
