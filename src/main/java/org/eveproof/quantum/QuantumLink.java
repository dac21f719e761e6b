package org.eveproof.quantum;

import java.util.Arrays;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.MeasuredPulses;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.protocol.SentPulses;

/**
 * The quantum phase of BB84: Alice prepares, the fibre carries, Bob measures.
 *
 * <p>What the parties choose comes from their {@link SecretRandom}; what nature does comes from a
 * {@link Chance}. The types keep the two apart.
 */
public final class QuantumLink {
  private QuantumLink() {}

  /**
   * What the two parties hold after the quantum phase.
   *
   * @param alice what Alice sent
   * @param bob what Bob measured
   */
  public record Transmission(SentPulses alice, MeasuredPulses bob) implements AutoCloseable {
    /** Destroys both records. */
    @Override
    public void close() {
      alice.close();
      bob.close();
    }
  }

  /**
   * Runs the whole quantum phase: {@link #prepare}, {@link #emit}, {@link #carry}, {@link
   * #measure}.
   */
  public static Transmission transmit(
      LinkParameters link, FibreEve eve, SecretRandom alice, SecretRandom bob, Chance physics) {
    SentPulses sent = prepare(link.pulses(), alice);
    PulseTrain arriving = carry(emit(sent), link, eve, physics);
    return new Transmission(sent, measure(arriving, link, bob, physics));
  }

  /** Draws Alice's bits and bases, uniform and independent. */
  public static SentPulses prepare(int pulses, SecretRandom alice) {
    return new SentPulses(alice.secretBits(pulses), alice.secretBits(pulses));
  }

  /** Returns the pulses that encode what Alice has drawn: one photon in each slot. */
  public static PulseTrain emit(SentPulses sent) {
    return PulseTrain.of(
        sent.bits().length(),
        i -> Pulse.encoding(sent.bits().get(i), Basis.of(sent.bases().get(i))));
  }

  /** Lets Eve act on each pulse, and then the loss of the fibre. */
  public static PulseTrain carry(
      PulseTrain train, LinkParameters link, FibreEve eve, Chance physics) {
    return PulseTrain.of(
        train.slots(),
        i -> {
          Pulse passed = eve.pass(train.pulse(i), physics);
          return physics.happens(link.transmittance()) ? passed : Pulse.VACUUM;
        });
  }

  /**
   * Measures each pulse in a basis of Bob's, uniform and independent. A double click gives a random
   * bit, as the squashing of detectors to qubits demands (theory section 1.1).
   */
  public static MeasuredPulses measure(
      PulseTrain train, LinkParameters link, SecretRandom bob, Chance physics) {
    return measure(train, link, bob.secretBits(train.slots()), physics);
  }

  /** Measures each pulse in the basis given for it (0 = Z, 1 = X), and keeps the bases. */
  public static MeasuredPulses measure(
      PulseTrain train, LinkParameters link, SecretBits bases, Chance physics) {
    int slots = train.slots();
    long[] detected = new long[(slots + 63) >>> 6];
    long[] bits = new long[detected.length];
    for (int i = 0; i < slots; i++) {
      Pulse pulse = train.pulse(i);
      boolean zero = physics.happens(link.darkCountProbability());
      boolean one = physics.happens(link.darkCountProbability());
      if (!pulse.isVacuum() && physics.happens(link.detectorEfficiency())) {
        boolean outcome =
            pulse.measure(Basis.of(bases.get(i)), physics) != physics.happens(link.misalignment());
        zero |= !outcome;
        one |= outcome;
      }
      if (zero || one) {
        detected[i >>> 6] |= 1L << i;
        boolean bit = (zero && one) ? physics.coin() : one;
        bits[i >>> 6] |= bit ? 1L << i : 0;
      }
    }
    MeasuredPulses measured =
        new MeasuredPulses(Bits.ofWords(detected, slots), bases, SecretBits.ofWords(bits, slots));
    Arrays.fill(bits, 0);
    return measured;
  }
}
