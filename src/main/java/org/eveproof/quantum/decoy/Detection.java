package org.eveproof.quantum.decoy;

import org.eveproof.quantum.Basis;

/**
 * A gate in which a detector clicked, as somebody who sees all of it describes it. Simulations hand
 * it over as a number below {@link #CODES}; the classes of this package share the layout.
 *
 * @param level index of the intensity, 0 for the signal
 * @param aliceBasis basis of the pulse
 * @param aliceBit bit that Alice sent
 * @param bobBasis basis in which Bob measured
 * @param bobBit what he notes
 * @param doubleClick whether both detectors clicked, so that his bit is a coin
 * @param held whether Eve has Alice's bit
 */
public record Detection(
    int level,
    Basis aliceBasis,
    boolean aliceBit,
    Basis bobBasis,
    boolean bobBit,
    boolean doubleClick,
    boolean held) {
  /** One above the greatest code. */
  public static final int CODES = 12 << 5;

  /** Number of what Alice may send: three intensities, two bases, two bits. */
  static final int SETTINGS = 12;

  /**
   * Number of entries for one setting: Bob's basis, which detectors clicked, whether Eve has it.
   */
  static final int ENTRIES = 16;

  /** Both detectors clicked. */
  static final int BOTH = 3;

  static int setting(int level, Basis basis, boolean bit) {
    return level << 2 | (basis.bit() ? 2 : 0) | (bit ? 1 : 0);
  }

  /**
   * @param pattern 1 for the detector of bit 0, 2 for that of bit 1, 3 for both
   */
  static int entry(Basis bobBasis, int pattern, boolean held) {
    return (bobBasis.bit() ? 1 : 0) | pattern << 1 | (held ? 8 : 0);
  }

  static int pattern(int entry) {
    return entry >> 1 & BOTH;
  }

  /**
   * @param coin Bob's bit if both clicked
   */
  static int code(int setting, int entry, boolean coin) {
    int pattern = pattern(entry);
    boolean bit = pattern == BOTH ? coin : pattern == 2;
    return setting << 5 | (bit ? 16 : 0) | entry;
  }

  /** Returns the detection that a simulation handed over. */
  public static Detection of(int code) {
    return new Detection(
        code >> 7,
        Basis.of((code >> 6 & 1) == 1),
        (code >> 5 & 1) == 1,
        Basis.of((code & 1) == 1),
        (code >> 4 & 1) == 1,
        pattern(code & 15) == BOTH,
        (code >> 3 & 1) == 1);
  }

  /** Whether the bases agree, so that the bit is kept. */
  public boolean sifted() {
    return aliceBasis == bobBasis;
  }

  /** Whether Alice's bit and Bob's differ. */
  public boolean error() {
    return aliceBit != bobBit;
  }
}
