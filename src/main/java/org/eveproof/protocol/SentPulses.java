package org.eveproof.protocol;

/**
 * What Alice knows of the pulses that she sent. Bit i of each belongs to pulse i.
 *
 * @param bits the bit that she encoded
 * @param bases the basis that she encoded it in: 0 = Z, 1 = X; secret until Bob has said,
 *     authentically, that he is done measuring
 */
public record SentPulses(SecretBits bits, SecretBits bases) implements AutoCloseable {
  /** Holds the two against each other. */
  public SentPulses {
    if (bits.length() != bases.length()) {
      throw new IllegalArgumentException(
          bits.length() + " bits and " + bases.length() + " bases are not of one run");
    }
  }

  /** Destroys both. */
  @Override
  public void close() {
    bits.close();
    bases.close();
  }
}
