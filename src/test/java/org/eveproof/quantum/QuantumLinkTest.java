package org.eveproof.quantum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.FibreEve.BasisChoice;
import org.eveproof.quantum.FibreEve.InterceptResend;
import org.eveproof.quantum.FibreEve.Nothing;
import org.eveproof.quantum.FibreEve.Suppress;
import org.eveproof.quantum.QuantumLink.Transmission;
import org.junit.jupiter.api.Test;

/** Fixed seeds; every frequency must lie within four standard deviations of its probability. */
class QuantumLinkTest {
  private static final int PULSES = 400_000;
  private static final LinkParameters IDEAL = LinkParameters.ideal(PULSES);

  @Test
  void anIdealLinkSiftsHalfOfThePulsesWithoutError() {
    Counts counts = run(IDEAL, new Nothing(), 1);
    assertThat(counts.detected()).isEqualTo(PULSES);
    assertNear(counts.sifted(), PULSES, 0.5);
    assertThat(counts.errors()).isZero();
    assertNear(counts.errorsInOtherBasis(), PULSES - counts.sifted(), 0.5);
  }

  @Test
  void interceptingAFractionCausesAQuarterOfItInErrors() {
    for (double fraction : new double[] {1, 0.5, 0.2}) {
      Counts counts = run(IDEAL, new InterceptResend(fraction, BasisChoice.RANDOM), 2);
      assertNear(counts.errors(), counts.sifted(), fraction / 4);
    }
  }

  @Test
  void aFixedBasisDisturbsTheOtherBasisOnly() {
    Counts z = run(IDEAL, new InterceptResend(1, BasisChoice.ALWAYS_Z), 3);
    assertThat(z.errorsInZ()).isZero();
    assertNear(z.errors(), z.sifted(), 0.25);
    Counts x = run(IDEAL, new InterceptResend(1, BasisChoice.ALWAYS_X), 4);
    assertThat(x.errorsInZ()).isEqualTo(x.errors());
    assertNear(x.errors(), x.sifted(), 0.25);
  }

  @Test
  void honestNoiseAndEveAddUp() {
    // e(p) = e0 + p (1/4 - e0/2), theory section 1.2.
    LinkParameters noisy = new LinkParameters(PULSES, 1, 1, 0, 0.02);
    assertNear(run(noisy, new Nothing(), 5), 0.02);
    assertNear(run(noisy, new InterceptResend(0.5, BasisChoice.RANDOM), 6), 0.14);
    assertNear(run(noisy, new InterceptResend(1, BasisChoice.RANDOM), 7), 0.26);
  }

  @Test
  void lossEfficiencyAndSuppressionMultiply() {
    LinkParameters lossy = new LinkParameters(PULSES, 1, 0.5, 0, 0).withLoss(3);
    assertThat(lossy.lossDecibels()).isCloseTo(3, within(1e-12));
    assertNear(run(lossy, new Nothing(), 8).detected(), PULSES, Math.pow(10, -0.3) / 2);
    assertNear(run(lossy, new Suppress(0.25), 9).detected(), PULSES, Math.pow(10, -0.3) * 0.375);
  }

  /**
   * Eve stands at Alice's door. Behind a fibre that loses everything she would meet vacuum, and
   * never toss a coin for the photons that she measures.
   */
  @Test
  void eveMeetsThePulsesBeforeAnyIsLost() {
    AtomicInteger coins = new AtomicInteger();
    Chance counting =
        new Chance() {
          @Override
          public boolean happens(double probability) {
            return probability == 1;
          }

          @Override
          public boolean coin() {
            coins.incrementAndGet();
            return true;
          }
        };
    PulseTrain sent = PulseTrain.of(100, 1, i -> Pulse.encoding(true, Basis.X));
    PulseTrain arrived =
        QuantumLink.carry(
            sent,
            new LinkParameters(100, 0, 1, 0, 0),
            new InterceptResend(1, BasisChoice.ALWAYS_Z),
            counting);
    assertThat(arrived).isEqualTo(PulseTrain.of(100, 1, i -> Pulse.VACUUM));
    assertThat(coins.get()).as("outcomes of X light in Z").isEqualTo(100);
  }

  @Test
  void darkCountsAloneGiveRandomBits() {
    LinkParameters dark = new LinkParameters(PULSES, 0, 1, 0.1, 0);
    Counts counts = run(dark, new Nothing(), 10);
    assertNear(counts.detected(), PULSES, 1 - 0.9 * 0.9);
    assertNear(counts.errors(), counts.sifted(), 0.5);
  }

  @Test
  void aDoubleClickGivesARandomBit() {
    // The wrong detector also clicks with probability d: then the bit is a coin, error d/2.
    LinkParameters dark = new LinkParameters(PULSES, 1, 1, 0.2, 0);
    assertNear(run(dark, new Nothing(), 11), 0.1);
    try (Transmission always =
        transmit(new LinkParameters(PULSES, 0, 1, 0.5, 0), new Nothing(), 14)) {
      Bits outcomes = always.bob().bits().disclose(always.bob().detected());
      assertNear(outcomes.ones(), outcomes.length(), 0.5);
    }
  }

  @Test
  void equalSeedsGiveEqualRuns() {
    LinkParameters link = new LinkParameters(1000, 0.5, 0.8, 0.01, 0.02);
    FibreEve eve = new InterceptResend(0.3, BasisChoice.RANDOM);
    try (Transmission a = transmit(link, eve, 12);
        Transmission b = transmit(link, eve, 12)) {
      assertThat(a.bob().detected()).isEqualTo(b.bob().detected());
      assertThat(a.bob().bits().sameAs(b.bob().bits())).isTrue();
      assertThat(a.alice().bits().sameAs(b.alice().bits())).isTrue();
    }
  }

  @Test
  void closingDestroysWhatThePartiesHeld() {
    Transmission transmission = transmit(LinkParameters.ideal(6), new Nothing(), 13);
    transmission.close();
    assertThat(transmission.alice().bits().isDestroyed()).isTrue();
    assertThat(transmission.alice().bases().isDestroyed()).isTrue();
    assertThat(transmission.bob().bits().isDestroyed()).isTrue();
    assertThat(transmission.bob().bases().isDestroyed()).isTrue();
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> LinkParameters.ideal(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IDEAL.withLoss(-1)).hasMessageContaining("transmittance");
    assertThatThrownBy(() -> new LinkParameters(1, 1, 1, Double.NaN, 0))
        .hasMessageContaining("darkCountProbability");
    assertThatThrownBy(() -> new LinkParameters(1, 1, 1, 0, 0.51))
        .hasMessageContaining("misalignment");
    assertThatThrownBy(
            () ->
                new LinkParameters(
                    1, PulseSource.singlePhotons(), 1, new Receiver(1, 0, 0, 0, 0.51, 1, 0.5)))
        .hasMessageContaining("afterpulseProbability=0.51");
    assertThatThrownBy(() -> new Suppress(1.1)).hasMessageContaining("fraction");
    assertThatThrownBy(Pulse.VACUUM::basis).isInstanceOf(IllegalStateException.class);
  }

  private record Counts(
      int detected, int sifted, int errors, int errorsInZ, int errorsInOtherBasis) {}

  private static Transmission transmit(LinkParameters link, FibreEve eve, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    SecretRandom secret = SecretRandom.simulated(random);
    return QuantumLink.transmit(link, eve, secret, secret, Chance.drivenBy(random));
  }

  private static Counts run(LinkParameters link, FibreEve eve, long seed) {
    try (Transmission run = transmit(link, eve, seed)) {
      Bits detected = run.bob().detected();
      Bits aliceBases = run.alice().bases().disclose(detected);
      Bits same = aliceBases.xor(run.bob().bases().disclose(detected)).not();
      Bits errors = run.alice().bits().disclose(detected).xor(run.bob().bits().disclose(detected));
      Bits siftedErrors = errors.select(same);
      return new Counts(
          detected.ones(),
          same.ones(),
          siftedErrors.ones(),
          siftedErrors.select(aliceBases.select(same).not()).ones(),
          errors.select(same.not()).ones());
    }
  }

  private static void assertNear(Counts counts, double errorRate) {
    assertNear(counts.errors(), counts.sifted(), errorRate);
  }

  private static void assertNear(int hits, int trials, double probability) {
    double sigma = Math.sqrt(trials * probability * (1 - probability));
    assertThat((double) hits)
        .isBetween(trials * probability - 4 * sigma, trials * probability + 4 * sigma);
  }
}
