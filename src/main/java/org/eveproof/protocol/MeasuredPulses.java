package org.eveproof.protocol;

/**
 * What Bob knows of the pulses that he measured. Bit i of each belongs to pulse i.
 *
 * @param detected whether a detector clicked
 * @param bases the basis that he measured in: 0 = Z, 1 = X
 * @param bits the outcome; 0 where nothing clicked
 */
public record MeasuredPulses(Bits detected, SecretBits bases, SecretBits bits)
    implements AutoCloseable {
  /** Holds the three against each other. */
  public MeasuredPulses {
    if (detected.length() != bases.length() || detected.length() != bits.length()) {
      throw new IllegalArgumentException(
          detected.length()
              + " detections, "
              + bases.length()
              + " bases and "
              + bits.length()
              + " bits are not of one run");
    }
  }

  /** Destroys bases and bits. */
  @Override
  public void close() {
    bases.close();
    bits.close();
  }
}
