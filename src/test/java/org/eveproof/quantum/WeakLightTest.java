package org.eveproof.quantum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.decoy.ExpectedRates;
import org.eveproof.quantum.decoy.LineEve;
import org.eveproof.quantum.decoy.OpticalLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weak pulses of the link fare as the exact model of the light says. */
final class WeakLightTest {
  private static final int PULSES = 400_000;
  private static final PulseSource SOURCE =
      PulseSource.weakPulses(List.of(0.6, 0.2, 0.001), List.of(0.5, 0.3, 0.2), 0.7);
  private static final LinkParameters LINK =
      new LinkParameters(PULSES, SOURCE, 0.5, 0.8, 1e-3, 0.02);

  /** Detectors that are blind after a click, and then click again by themselves. */
  private static final LinkParameters TIRED =
      new LinkParameters(PULSES, SOURCE, 0.5, new Receiver(0.8, 1e-3, 0.02, 3, 0.2, 0.4, 0.5));

  private static ExpectedRates model(LinkParameters link) {
    return ExpectedRates.of(
        new OpticalLink(SOURCE, link.lossDecibels(), link.receiver()), new LineEve.Nobody());
  }

  /** Seven standard deviations: a false alarm in 10¹⁰ runs for all counts together. */
  private static final double DEVIATIONS = 7;

  static Stream<LinkParameters> links() {
    return Stream.of(LINK, TIRED);
  }

  @ParameterizedTest
  @MethodSource("links")
  void siftedBitsAndErrorsOfEachIntensityAreThoseOfTheModel(LinkParameters link) {
    ExpectedRates model = model(link);
    long[][] sifted = new long[3][2];
    long[][] errors = new long[3][2];
    count(link, sifted, errors, new FibreEve.Nothing());
    for (int level = 0; level < 3; level++) {
      for (Basis basis : Basis.values()) {
        int b = basis.bit() ? 1 : 0;
        assertNear(sifted[level][b], model.sifted(level, basis));
        assertNear(errors[level][b], model.errors(level, basis));
      }
    }
  }

  @Test
  void interceptedLightIsSeenToDiffer() {
    long[][] errors = new long[3][2];
    count(
        LINK,
        new long[3][2],
        errors,
        new FibreEve.InterceptResend(0.2, FibreEve.BasisChoice.RANDOM));
    assertThatThrownBy(() -> assertNear(errors[0][1], model(LINK).errors(0, Basis.X)))
        .isInstanceOf(AssertionError.class);
  }

  /** Who leaves out dead time or afterpulses takes the light of tired detectors for another. */
  @Test
  void deadTimeAndAfterpulsesAreSeen() {
    long[][] sifted = new long[3][2];
    long[][] errors = new long[3][2];
    count(TIRED, sifted, errors, new FibreEve.Nothing());
    Receiver tired = TIRED.receiver();
    for (Receiver other :
        List.of(
            new Receiver(0.8, 1e-3, 0.02, 0, 0.2, 0.4, 0.7),
            new Receiver(0.8, 1e-3, 0.02, 3, 0, 1, 0.7),
            new Receiver(0.8, 1e-3, 0.02, 3, 0.2, 0.02, 0.7))) {
      assertThat(other).isNotEqualTo(tired);
      ExpectedRates model = model(new LinkParameters(PULSES, SOURCE, 0.5, other));
      assertThatThrownBy(
              () -> {
                assertNear(sifted[0][1], model.sifted(0, Basis.X));
                assertNear(errors[0][1], model.errors(0, Basis.X));
              })
          .as("%s", other)
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void nothingClicksInDeadTime() {
    SplittableRandom random = new SplittableRandom(7);
    SecretRandom secret = SecretRandom.simulated(random);
    Receiver always = new Receiver(1, 0.5, 0, 3, 0.5, 1, 0.5);
    LinkParameters link = new LinkParameters(4000, SOURCE, 1, always);
    try (QuantumLink.Transmission run =
        QuantumLink.transmit(
            link, new FibreEve.Nothing(), secret, secret, Chance.drivenBy(random))) {
      int last = -4;
      for (int i = 0; i < link.pulses(); i++) {
        if (run.bob().detected().get(i)) {
          assertThat(i - last).isGreaterThanOrEqualTo(4);
          last = i;
        }
      }
      assertThat(run.bob().detected().ones()).isBetween(700, 1000);
    }
  }

  private static void count(LinkParameters link, long[][] sifted, long[][] errors, FibreEve eve) {
    SplittableRandom random = new SplittableRandom(5);
    SecretRandom secret = SecretRandom.simulated(random);
    try (QuantumLink.Transmission run =
        QuantumLink.transmit(link, eve, secret, secret, Chance.drivenBy(random))) {
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
