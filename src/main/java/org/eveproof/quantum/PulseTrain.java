package org.eveproof.quantum;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.eveproof.protocol.Bits;

/**
 * The pulses of one run on the simulated fibre. A real fibre shows these to nobody without
 * disturbing them: of the protocol only {@link QuantumLink} and Eve on the fibre may look.
 *
 * @param photons the number of photons in each time slot in binary, lowest digit first; at least
 *     one digit
 * @param bases the basis in which the photons of slot i are certain; 0 where there is none
 * @param bits the bit that they encode in that basis; 0 where there is none
 */
public record PulseTrain(List<Bits> photons, Bits bases, Bits bits) {
  /** Holds them against each other. */
  public PulseTrain {
    photons = List.copyOf(photons);
    if (photons.isEmpty()
        || bits.length() != bases.length()
        || photons.stream().anyMatch(digit -> digit.length() != bits.length())) {
      throw new IllegalArgumentException("photons, bases and bits are not of one run");
    }
  }

  /**
   * Returns the train that a rule gives; asked once for each slot, in order.
   *
   * @param digits binary digits of the number of photons, 1 to 30
   * @throws IllegalArgumentException if a pulse has more photons than the digits can say
   */
  public static PulseTrain of(int slots, int digits, IntFunction<Pulse> rule) {
    long[][] words = new long[digits + 2][(slots + 63) >>> 6];
    for (int i = 0; i < slots; i++) {
      Pulse pulse = rule.apply(i);
      int photons = pulse.photons();
      if (photons >>> digits != 0) {
        throw new IllegalArgumentException(photons + " photons in " + digits + " digits");
      }
      if (photons != 0) {
        for (int digit = 0; digit < digits; digit++) {
          words[digit][i >>> 6] |= (long) (photons >>> digit & 1) << i;
        }
        words[digits][i >>> 6] |= pulse.basis().bit() ? 1L << i : 0;
        words[digits + 1][i >>> 6] |= pulse.bit() ? 1L << i : 0;
      }
    }
    return ofWords(words, slots);
  }

  /**
   * Returns the train whose digits, bases and bits are in these packed words, in this order.
   *
   * @param words three vectors or more, for as many slots as {@link Bits#ofWords} takes
   */
  public static PulseTrain ofWords(long[][] words, int slots) {
    List<Bits> photons = new ArrayList<>();
    for (int digit = 0; digit < words.length - 2; digit++) {
      photons.add(Bits.ofWords(words[digit], slots));
    }
    return new PulseTrain(
        photons,
        Bits.ofWords(words[words.length - 2], slots),
        Bits.ofWords(words[words.length - 1], slots));
  }

  /** Returns digits, bases and bits, in the order of {@link #ofWords}. */
  public List<Bits> vectors() {
    List<Bits> vectors = new ArrayList<>(photons);
    vectors.add(bases);
    vectors.add(bits);
    return vectors;
  }

  /** Returns the number of time slots. */
  public int slots() {
    return bits.length();
  }

  /** Returns what slot {@code index} carries. */
  public Pulse pulse(int index) {
    int number = 0;
    for (int digit = 0; digit < photons.size(); digit++) {
      number |= photons.get(digit).get(index) ? 1 << digit : 0;
    }
    return number == 0
        ? Pulse.VACUUM
        : new Pulse(number, Basis.of(bases.get(index)), bits.get(index));
  }

  @Override
  public String toString() {
    return "PulseTrain[" + slots() + " slots]";
  }
}
