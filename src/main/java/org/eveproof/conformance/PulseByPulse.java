package org.eveproof.conformance;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.MeasuredPulses;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SentPulses;
import org.eveproof.quantum.Basis;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.Pulse;

/**
 * The quantum phase of one session, one pulse at a time: the fibre with Eve on it, and Bob's
 * detectors. What it remembers are facts of the laboratory: which basis a photon was prepared and
 * measured in stays true when both parties have forgotten it.
 */
final class PulseByPulse {
  /** How often Bob's basis is Alice's: more often than for real, so that short runs give keys. */
  private static final double SAME_BASIS = 0.85;

  private static final String NONE = "-";

  private final Chance physics;
  private final String[] eve;
  private final String[] prepared;
  private final String[] measured;
  private final String[] outcomes;
  private Pulse fibre = Pulse.VACUUM;
  private int slot;

  PulseByPulse(int pulses, Chance physics) {
    this.physics = physics;
    this.eve = nothing(pulses);
    this.prepared = nothing(pulses);
    this.measured = nothing(pulses);
    this.outcomes = nothing(pulses);
  }

  private static String[] nothing(int pulses) {
    String[] nothing = new String[pulses];
    Arrays.fill(nothing, NONE);
    return nothing;
  }

  /** Returns the number of slots that are over. */
  int slot() {
    return slot;
  }

  boolean isOver() {
    return slot == eve.length;
  }

  boolean allEmitted() {
    return !prepared[prepared.length - 1].equals(NONE);
  }

  /** Whether slot i (from 1) has not been filled, and the fibre is free for it. */
  boolean isFreeFor(int i) {
    return i == slot + 1 && prepared[i - 1].equals(NONE);
  }

  /** Whether the photon of slot i (from 1) is under way. */
  boolean carries(int i) {
    return i == slot + 1 && !fibre.isVacuum();
  }

  void emit(int i, SentPulses pulses) {
    Basis basis = Basis.of(pulses.bases().get(i - 1));
    fibre = Pulse.encoding(pulses.bits().get(i - 1), basis);
    prepared[i - 1] = basis.name();
  }

  @Refines("Bb84Exchange!Measure")
  void measure(int i) {
    Basis alices = Basis.valueOf(prepared[i - 1]);
    Basis other = alices == Basis.Z ? Basis.X : Basis.Z;
    Basis basis = physics.happens(SAME_BASIS) ? alices : other;
    measured[i - 1] = basis.name();
    outcomes[i - 1] = fibre.measure(basis, physics) ? "1" : "0";
    lose(i);
  }

  @Refines("Bb84Exchange!Lose")
  void lose(int i) {
    slot = i;
    fibre = Pulse.VACUUM;
  }

  boolean isTouched(int i) {
    return !eve[i - 1].equals(NONE);
  }

  @Refines("Bb84Exchange!Intercept")
  void intercept(int i, Basis basis) {
    fibre = Pulse.encoding(fibre.measure(basis, physics), basis);
    eve[i - 1] = basis.name();
  }

  /** Hands over what the detectors recorded, and keeps none of the outcomes. */
  MeasuredPulses handOver() {
    int pulses = measured.length;
    MeasuredPulses record =
        new MeasuredPulses(
            Bits.of(pulses, i -> !measured[i].equals(NONE)),
            SecretBits.copyOf(Bits.of(pulses, i -> measured[i].equals("X"))),
            SecretBits.copyOf(Bits.of(pulses, i -> outcomes[i].equals("1"))));
    switchOff();
    return record;
  }

  /** Forgets the outcomes. */
  void switchOff() {
    Arrays.fill(outcomes, NONE);
  }

  Bb84ExchangeSnapshot.Light light() {
    return fibre.isVacuum()
        ? new Bb84ExchangeSnapshot.Light(NONE, NONE)
        : new Bb84ExchangeSnapshot.Light(fibre.basis().name(), fibre.bit() ? "1" : "0");
  }

  List<String> eve() {
    return copy(eve);
  }

  List<String> prepared() {
    return copy(prepared);
  }

  List<String> measured() {
    return copy(measured);
  }

  List<String> outcomes() {
    return copy(outcomes);
  }

  private static List<String> copy(String[] array) {
    return Collections.unmodifiableList(Arrays.asList(array.clone()));
  }
}
