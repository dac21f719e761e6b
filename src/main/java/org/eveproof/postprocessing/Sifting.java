package org.eveproof.postprocessing;

import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * Which pulses make the sifted key: those that Bob detected and that both parties handled in the
 * same basis. Both parties compute it from public messages alone.
 *
 * @param detected for each pulse, whether Bob detected it
 * @param matching for each detected pulse, in order, whether the bases agree
 */
public record Sifting(Bits detected, Bits matching) {
  /** Holds the two against each other. */
  public Sifting {
    if (matching.length() != detected.ones()) {
      throw new IllegalArgumentException(
          matching.length() + " comparisons for " + detected.ones() + " detections");
    }
  }

  /**
   * Compares the bases.
   *
   * @param detected for each pulse, whether Bob detected it
   * @param aliceBases her basis for each detected pulse, in order
   * @param bobBases his, likewise
   * @throws IllegalArgumentException if the lengths do not fit
   */
  public static Sifting of(Bits detected, Bits aliceBases, Bits bobBases) {
    return new Sifting(detected, aliceBases.xor(bobBases).not());
  }

  /** Returns the length of the sifted key. */
  public int siftedBits() {
    return matching.ones();
  }

  /** Returns for each pulse whether its bit is part of the sifted key. */
  public Bits kept() {
    return matching.spread(detected);
  }

  /** Takes the sifted key out of the bits of all pulses, which stay as they are. */
  public SecretBits key(SecretBits allPulses) {
    return allPulses.select(kept());
  }
}
