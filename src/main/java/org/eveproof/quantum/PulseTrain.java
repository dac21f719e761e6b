package org.eveproof.quantum;

import java.util.function.IntFunction;
import org.eveproof.protocol.Bits;

/**
 * The pulses of one run on the simulated fibre. A real fibre shows these to nobody without
 * disturbing them: of the protocol only {@link QuantumLink} and Eve on the fibre may look.
 *
 * @param photons whether time slot i carries a photon
 * @param bases the basis in which photon i is certain; 0 where there is none
 * @param bits the bit that photon i encodes in that basis; 0 where there is none
 */
public record PulseTrain(Bits photons, Bits bases, Bits bits) {
  /** Holds the three against each other. */
  public PulseTrain {
    if (photons.length() != bases.length() || photons.length() != bits.length()) {
      throw new IllegalArgumentException(
          photons.length() + ", " + bases.length() + " and " + bits.length() + " slots");
    }
  }

  /** Returns the train that a rule gives; asked once for each slot, in order. */
  public static PulseTrain of(int slots, IntFunction<Pulse> rule) {
    long[][] words = new long[3][(slots + 63) >>> 6];
    for (int i = 0; i < slots; i++) {
      Pulse pulse = rule.apply(i);
      if (!pulse.isVacuum()) {
        words[0][i >>> 6] |= 1L << i;
        words[1][i >>> 6] |= pulse.basis().bit() ? 1L << i : 0;
        words[2][i >>> 6] |= pulse.bit() ? 1L << i : 0;
      }
    }
    return new PulseTrain(
        Bits.ofWords(words[0], slots),
        Bits.ofWords(words[1], slots),
        Bits.ofWords(words[2], slots));
  }

  /** Returns the number of time slots. */
  public int slots() {
    return photons.length();
  }

  /** Returns what slot {@code index} carries. */
  public Pulse pulse(int index) {
    return photons.get(index)
        ? Pulse.encoding(bits.get(index), Basis.of(bases.get(index)))
        : Pulse.VACUUM;
  }

  @Override
  public String toString() {
    return "PulseTrain[" + slots() + " slots]";
  }
}
