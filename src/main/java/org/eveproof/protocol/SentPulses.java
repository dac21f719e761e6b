package org.eveproof.protocol;

import java.util.List;

/**
 * What Alice knows of the pulses that she sent. Bit i of each belongs to pulse i.
 *
 * @param bits the bit that she encoded
 * @param bases the basis that she encoded it in: 0 = Z, 1 = X; secret until Bob has said,
 *     authentically, that he is done measuring
 * @param intensities the index of its intensity in binary, lowest digit first; no digits if there
 *     is one intensity only; as secret as the bases, and as long
 */
public record SentPulses(SecretBits bits, SecretBits bases, List<SecretBits> intensities)
    implements AutoCloseable {
  /** Holds them against each other. */
  public SentPulses {
    intensities = List.copyOf(intensities);
    for (SecretBits digit : intensities) {
      requireSameRun(bits, digit, "digits of intensities");
    }
    requireSameRun(bits, bases, "bases");
  }

  /** What Alice knows of pulses that all have one intensity. */
  public SentPulses(SecretBits bits, SecretBits bases) {
    this(bits, bases, List.of());
  }

  private static void requireSameRun(SecretBits bits, SecretBits other, String what) {
    if (bits.length() != other.length()) {
      throw new IllegalArgumentException(
          bits.length() + " bits and " + other.length() + " " + what + " are not of one run");
    }
  }

  /** Destroys what has been published now: bases and intensities. */
  public void closeChoices() {
    bases.close();
    intensities.forEach(SecretBits::close);
  }

  /** Destroys all. */
  @Override
  public void close() {
    bits.close();
    closeChoices();
  }
}
