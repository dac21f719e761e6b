package org.eveproof.quantum;

import java.util.Arrays;
import java.util.List;
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
  /** The detector of bit 0. */
  private static final int ZERO = 1;

  /** The detector of bit 1. */
  private static final int ONE = 2;

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
    SentPulses sent = prepare(link.pulses(), link.source(), alice);
    PulseTrain arriving = carry(emit(sent), link, eve, physics);
    return new Transmission(sent, measure(arriving, link, bob, physics));
  }

  /** Draws Alice's bits and bases for single photons, uniform and independent. */
  public static SentPulses prepare(int pulses, SecretRandom alice) {
    return prepare(pulses, PulseSource.singlePhotons(), alice);
  }

  /** Draws Alice's bits, bases and intensities, each by itself; the bits are uniform. */
  public static SentPulses prepare(int pulses, PulseSource source, SecretRandom alice) {
    return new SentPulses(
        alice.secretBits(pulses), bases(pulses, source, alice), intensities(pulses, source, alice));
  }

  private static SecretBits bases(int pulses, PulseSource source, SecretRandom random) {
    double keyBasis = source.keyBasisProbability();
    return keyBasis == 0.5 ? random.secretBits(pulses) : random.secretBits(pulses, keyBasis);
  }

  /**
   * Returns the digits of the intensities: of three, 1 is what the first digit says, 2 the second.
   */
  private static List<SecretBits> intensities(int pulses, PulseSource source, SecretRandom random) {
    List<PulseSource.Level> levels = source.levels();
    if (levels.size() == 1) {
      return List.of();
    }
    double decoys = 1 - levels.get(0).probability();
    if (levels.size() == 2) {
      return List.of(random.secretBits(pulses, decoys));
    }
    double weakest = levels.get(2).probability() / decoys;
    long[] one;
    long[] two;
    try (SecretBits anyDecoy = random.secretBits(pulses, decoys);
        SecretBits theWeakest = random.secretBits(pulses, Math.min(1, weakest))) {
      one = anyDecoy.toWords();
      two = theWeakest.toWords();
    }
    for (int w = 0; w < one.length; w++) {
      two[w] &= one[w];
      one[w] &= ~two[w];
    }
    List<SecretBits> digits =
        List.of(SecretBits.ofWords(one, pulses), SecretBits.ofWords(two, pulses));
    Arrays.fill(one, 0);
    Arrays.fill(two, 0);
    return digits;
  }

  /** Returns the light that encodes what Alice has drawn. */
  public static ModulatedLight emit(SentPulses sent) {
    Bits all = Bits.of(sent.bits().length(), i -> true);
    return new ModulatedLight(
        sent.intensities().stream().map(digit -> digit.disclose(all)).toList(),
        sent.bases().disclose(all),
        sent.bits().disclose(all));
  }

  /** Draws the photons of each pulse, lets Eve act on them, and then the loss of the fibre. */
  public static PulseTrain carry(
      ModulatedLight light, LinkParameters link, FibreEve eve, Chance physics) {
    return carry(light.photons(link.source(), physics), link, eve, physics);
  }

  /** Lets Eve act on each pulse, and then the loss of the fibre. */
  public static PulseTrain carry(
      PulseTrain train, LinkParameters link, FibreEve eve, Chance physics) {
    return PulseTrain.of(
        train.slots(),
        train.photons().size(),
        i -> {
          Pulse passed = eve.pass(train.pulse(i), physics);
          return passed.with(physics.binomial(passed.photons(), link.transmittance()));
        });
  }

  /**
   * Measures each pulse in a basis of Bob's, each drawn by itself; whatever arrives while the
   * detectors are off is lost. A double click gives a random bit, as the squashing of detectors to
   * qubits demands (theory section 1.1).
   */
  public static MeasuredPulses measure(
      PulseTrain train, LinkParameters link, SecretRandom bob, Chance physics) {
    return measure(train, link, bases(train.slots(), link.source(), bob), physics);
  }

  /** Measures each pulse in the basis given for it (0 = Z, 1 = X), and keeps the bases. */
  public static MeasuredPulses measure(
      PulseTrain train, LinkParameters link, SecretBits bases, Chance physics) {
    int slots = train.slots();
    long[] detected = new long[(slots + 63) >>> 6];
    long[] bits = new long[detected.length];
    DetectorMemory memory = new DetectorMemory(link.receiver(), physics);
    for (int i = 0; i < slots; i++) {
      if (memory.isOn(i)) {
        Basis basis = Basis.of(bases.get(i));
        int clicks = memory.clicks(i, seen(train.pulse(i), basis, link.receiver(), physics));
        if (clicks != 0) {
          detected[i >>> 6] |= 1L << i;
          boolean bit = clicks == (ZERO | ONE) ? physics.coin() : clicks == ONE;
          bits[i >>> 6] |= bit ? 1L << i : 0;
        }
      }
    }
    MeasuredPulses measured =
        new MeasuredPulses(Bits.ofWords(detected, slots), bases, SecretBits.ofWords(bits, slots));
    Arrays.fill(bits, 0);
    return measured;
  }

  /** Returns which detectors see a photon or click by themselves. */
  private static int seen(Pulse pulse, Basis basis, Receiver receiver, Chance physics) {
    int seen =
        (physics.happens(receiver.darkCountProbability()) ? ZERO : 0)
            | (physics.happens(receiver.darkCountProbability()) ? ONE : 0);
    for (int photon = 0; photon < pulse.photons(); photon++) {
      if (physics.happens(receiver.efficiency())) {
        boolean outcome = pulse.measure(basis, physics) != physics.happens(receiver.misalignment());
        seen |= outcome ? ONE : ZERO;
      }
    }
    return seen;
  }
}
