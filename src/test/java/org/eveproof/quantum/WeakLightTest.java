package org.eveproof.quantum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.decoy.ExpectedRates;
import org.eveproof.quantum.decoy.LineEve;
import org.eveproof.quantum.decoy.OpticalLink;
import org.eveproof.quantum.decoy.Receiver;
import org.junit.jupiter.api.Test;

/** Weak pulses of the link fare as the exact model of the light says. */
final class WeakLightTest {
  private static final int PULSES = 400_000;
  private static final PulseSource SOURCE =
      PulseSource.weakPulses(List.of(0.6, 0.2, 0.001), List.of(0.5, 0.3, 0.2), 0.7);
  private static final LinkParameters LINK =
      new LinkParameters(PULSES, SOURCE, 0.5, 0.8, 1e-3, 0.02);
  private static final ExpectedRates MODEL =
      ExpectedRates.of(
          new OpticalLink(SOURCE, LINK.lossDecibels(), new Receiver(0.8, 1e-3, 0.02, 0, 0, 1, 0.7)),
          new LineEve.Nobody());

  /** Seven standard deviations: a false alarm in 10¹⁰ runs for all counts together. */
  private static final double DEVIATIONS = 7;

  @Test
  void siftedBitsAndErrorsOfEachIntensityAreThoseOfTheModel() {
    long[][] sifted = new long[3][2];
    long[][] errors = new long[3][2];
    count(sifted, errors, new FibreEve.Nothing());
    for (int level = 0; level < 3; level++) {
      for (Basis basis : Basis.values()) {
        int b = basis.bit() ? 1 : 0;
        assertNear(sifted[level][b], MODEL.sifted(level, basis));
        assertNear(errors[level][b], MODEL.errors(level, basis));
      }
    }
  }

  @Test
  void interceptedLightIsSeenToDiffer() {
    long[][] errors = new long[3][2];
    count(new long[3][2], errors, new FibreEve.InterceptResend(0.2, FibreEve.BasisChoice.RANDOM));
    assertThatThrownBy(() -> assertNear(errors[0][1], MODEL.errors(0, Basis.X)))
        .isInstanceOf(AssertionError.class);
  }

  private static void count(long[][] sifted, long[][] errors, FibreEve eve) {
    SplittableRandom random = new SplittableRandom(5);
    SecretRandom secret = SecretRandom.simulated(random);
    try (QuantumLink.Transmission run =
        QuantumLink.transmit(LINK, eve, secret, secret, Chance.drivenBy(random))) {
      for (int i = 0; i < PULSES; i++) {
        boolean basis = run.alice().bases().get(i);
        if (run.bob().detected().get(i) && basis == run.bob().bases().get(i)) {
          int level =
              (run.alice().intensities().get(0).get(i) ? 1 : 0)
                  + (run.alice().intensities().get(1).get(i) ? 2 : 0);
          sifted[level][basis ? 1 : 0]++;
          errors[level][basis ? 1 : 0] +=
              run.alice().bits().get(i) != run.bob().bits().get(i) ? 1 : 0;
        }
      }
    }
  }

  private static void assertNear(long count, double rate) {
    double mean = PULSES * rate;
    assertThat((double) count)
        .isBetween(
            mean - DEVIATIONS * Math.sqrt(Math.max(1, mean)),
            mean + DEVIATIONS * Math.sqrt(Math.max(1, mean)));
  }

  @Test
  void aSplitPulseLosesOnePhotonAndNothingElse() {
    FibreEve eve = new FibreEve.SplitPhotons(1);
    Chance chance = Chance.drivenBy(new SplittableRandom(1));
    Pulse three = Pulse.encoding(true, Basis.X).with(3);
    assertThat(eve.pass(three, chance)).isEqualTo(three.with(2));
    assertThat(eve.pass(Pulse.encoding(true, Basis.X), chance)).isEqualTo(Pulse.VACUUM);
    assertThat(eve.pass(Pulse.VACUUM, chance)).isEqualTo(Pulse.VACUUM);
    assertThat(new FibreEve.SplitPhotons(0).pass(three, chance)).isEqualTo(three);
    assertThatThrownBy(() -> new FibreEve.SplitPhotons(1.1)).hasMessageContaining("fraction");
  }

  @Test
  void aTrainKeepsTheNumberOfPhotons() {
    PulseTrain train = PulseTrain.of(100, 7, i -> new Pulse(i, Basis.Z, false).with(i));
    for (int i = 0; i < 100; i++) {
      assertThat(train.pulse(i).photons()).isEqualTo(i);
    }
    assertThat(PulseTrain.ofWords(words(train), 100)).isEqualTo(train);
    assertThatThrownBy(() -> PulseTrain.of(1, 3, i -> new Pulse(8, Basis.X, true)))
        .hasMessageContaining("8 photons in 3 digits");
  }

  private static long[][] words(PulseTrain train) {
    return train.vectors().stream().map(vector -> vector.toWords()).toArray(long[][]::new);
  }

  @Test
  void bitsOfAnyBiasComeFromTheSourceOfSecrets() {
    SecretRandom random = SecretRandom.simulated(new SplittableRandom(2));
    for (double one : new double[] {0, 1e-4, 0.3, 0.5, 0.8, 1}) {
      int bits = 1_000_000;
      double mean = bits * one;
      int ones = 0;
      for (long word : random.secretBits(bits, one).toWords()) {
        ones += Long.bitCount(word);
      }
      assertThat((double) ones)
          .as("bias " + one)
          .isBetween(
              mean - DEVIATIONS * Math.sqrt(mean * (1 - one)),
              mean + DEVIATIONS * Math.sqrt(mean * (1 - one)));
    }
    assertThatThrownBy(() -> random.secretBits(1, 1.1)).hasMessageContaining("one=1.1");
  }
}
