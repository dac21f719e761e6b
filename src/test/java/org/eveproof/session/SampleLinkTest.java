package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Methods;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.finitekey.FixedLength;
import org.eveproof.postprocessing.finitekey.SampleLimits;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.Receiver;
import org.eveproof.quantum.decoy.Detection;
import org.eveproof.quantum.decoy.ExpectedRates;
import org.eveproof.quantum.decoy.LineEve;
import org.eveproof.quantum.decoy.OpticalLink;
import org.eveproof.session.LinkEnds.Yield;
import org.eveproof.session.RoundReport.Outcome;
import org.eveproof.transport.Tap;
import org.junit.jupiter.api.Test;

/** A link whose light is single photons: the length of a key is fixed before the first pulse. */
final class SampleLinkTest {
  private static final int PULSES = 100_000;
  private static final FibreEve NO_EVE = new FibreEve.Nothing();

  private final Yield alice = new Yield();
  private final Yield bob = new Yield();

  private static LinkParameters optics(double transmittance, double misalignment) {
    return new LinkParameters(PULSES, transmittance, 1, 1e-6, misalignment);
  }

  private static LinkParameters tired(int deadTime, double afterpulses, double decay) {
    return new LinkParameters(
        PULSES,
        PulseSource.singlePhotons(),
        1,
        new Receiver(1, 1e-6, 0.01, deadTime, afterpulses, decay, 0.5));
  }

  private static LinkSettings settings(LinkParameters optics) {
    return LinkSettings.standard(Methods.preshared(Set.of(Suite.WEGMAN_CARTER)), 1, optics);
  }

  private static SampleLimits limits() {
    return (SampleLimits) settings(optics(1, 0.01)).acceptance();
  }

  @Test
  void everyKeyHasTheLengthThatWasFixed() {
    LinkSettings settings = settings(optics(1, 0.01));
    for (int seed = 1; seed <= 8; seed++) {
      run(settings, settings.optics(), NO_EVE, seed);
    }
    assertThat(alice.outcomes()).hasSize(8).containsOnly(Outcome.KEY);
    assertThat(alice.keys).hasSize(8).isEqualTo(bob.keys);
    assertThat(alice.reports)
        .isEqualTo(bob.reports)
        .allMatch(report -> report.secretBits() == limits().secretBits())
        .allMatch(report -> report.limits().orElseThrow().missed().isEmpty());
    assertThat(alice.reports.stream().map(RoundReport::leaked).distinct()).hasSizeGreaterThan(1);
  }

  /** What both ends rest the length on, from the formulas, number for number. */
  @Test
  void lengthAndLimitsAreThoseOfTheFormula() {
    // All but a few dark counts are detected, and half of them in equal bases.
    double sifted = PULSES / 2.0;
    int least = (int) Math.floor(sifted - 3.5 * Math.sqrt(sifted));
    int sampled = (int) Math.ceil(0.1 * least);
    double errors = 0.01 * sampled;
    double worst = (errors + 3.5 * Math.sqrt(errors)) / sampled;
    double kept = 0.9 * sifted + 3.5 * Math.sqrt(0.9 * sifted);
    SampleLimits limits = limits();
    assertThat(limits.leastKept()).isEqualTo(least - sampled);
    assertThat(limits.leastSampled()).isEqualTo(sampled);
    int hashBits = settings(optics(1, 0.01)).exchange().verification().tagBits();
    assertThat((double) limits.greatestLeak() - hashBits)
        .isCloseTo(1.2 * kept * FiniteKeyRule.binaryEntropy(worst), within(2.0));
    assertThat(limits.secretBits())
        .isEqualTo(
            FiniteKeyRule.of(0.05, 1e-10, 1e-15)
                .secretBits(least - sampled, sampled, limits.greatestLeak()));
  }

  @Test
  void aFibreThatLosesMoreThanItIsSaidToGivesNoKey() {
    run(settings(optics(1, 0.01)), optics(0.95, 0.01), NO_EVE, 1);
    assertRefusedFor("kept bits");
  }

  @Test
  void aFewInterceptedPulsesGiveNoKeyThoughTheErrorRateIsTolerable() {
    LinkSettings settings = settings(optics(1, 0.01));
    FibreEve eve = new FibreEve.InterceptResend(0.06, FibreEve.BasisChoice.RANDOM);
    run(settings, settings.optics(), eve, 1);
    assertThat(alice.reports.get(0).qber()).isLessThan(settings.errorLimit());
    assertRefusedFor("leak");
  }

  private void assertRefusedFor(String limit) {
    assertThat(alice.outcomes()).containsExactly(Outcome.ABORTED);
    assertThat(alice.reports.get(0).reason()).contains(AbortReason.OUTSIDE_LIMITS);
    assertThat(alice.reports.get(0).limits().orElseThrow().missed().orElseThrow()).contains(limit);
    assertThat(alice.keys).isEmpty();
    assertThat(bob.keys).isEmpty();
  }

  @Test
  void eachLimitIsExact() {
    SampleLimits limits = limits();
    int kept = limits.leastKept();
    int sampled = limits.leastSampled();
    long leak = limits.greatestLeak();
    assertThat(limits.judge(kept, sampled, leak))
        .isEqualTo(new FixedLength.Accepted(limits.secretBits()));
    assertThat(limits.judge(2 * kept, 2 * sampled, 0))
        .as("no longer where more was counted")
        .isEqualTo(new FixedLength.Accepted(limits.secretBits()));
    assertThat(limits.judge(kept - 1, sampled, leak)).isInstanceOf(FixedLength.Refused.class);
    assertThat(limits.judge(kept, sampled - 1, leak)).isInstanceOf(FixedLength.Refused.class);
    assertThat(limits.judge(kept, sampled, leak + 1)).isInstanceOf(FixedLength.Refused.class);
  }

  /** The verification hash is part of the leak. */
  @Test
  void theHashCountsAgainstTheLimit() {
    SampleLimits limits = limits();
    LengthRule rule = new LengthRule.Fixed(limits);
    int kept = limits.leastKept();
    int sifted = kept + limits.leastSampled();
    Findings good =
        Findings.NONE
            .sifted(Bits.of(sifted, i -> true))
            .sampled(Bits.of(sifted, i -> i >= kept))
            .estimated(0, Optional.empty())
            .disclosed((int) limits.greatestLeak());
    assertThat(rule.secretBits(kept, good)).isEqualTo((int) limits.secretBits());
    assertThat(rule.secretBits(kept, good.hashed(1, true))).isZero();
    assertThat(rule.noKey()).isEqualTo(AbortReason.OUTSIDE_LIMITS);
  }

  /** Inside of its limits no run is worth less by the formula than what is extracted of it. */
  @Test
  void theFormulaGrantsTheLengthToWhateverIsAccepted() {
    SampleLimits limits = limits();
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 1000; i++) {
      int kept = limits.leastKept() + random.nextInt(100_000);
      int sampled = limits.leastSampled() + random.nextInt(100_000);
      long leak = random.nextLong(limits.greatestLeak() + 1);
      assertThat((long) limits.rule().secretBits(kept, sampled, leak))
          .isGreaterThanOrEqualTo(limits.secretBits());
    }
  }

  @Test
  void limitsThatLeaveNoKeyAcceptNothing() {
    SampleLimits none = new SampleLimits(limits().rule(), 1000, 100, 0);
    assertThat(none.secretBits()).isZero();
    assertThat(none.judge(100_000, 10_000, 0)).isInstanceOf(FixedLength.Refused.class);
    assertThat(new LengthRule.Fixed(none).noKey()).isEqualTo(AbortReason.TOO_SHORT);
  }

  /** Of detectors with dead time and afterpulses the limits know, and honest rounds meet them. */
  @Test
  void detectorsThatTireMakeKeysOfAFixedLength() {
    LinkSettings settings = settings(tired(2, 0.02, 0.5));
    assertThat(settings.acceptance().secretBits())
        .isPositive()
        .isLessThan(settings(optics(1, 0.01)).acceptance().secretBits());
    for (int seed = 1; seed <= 3; seed++) {
      run(settings, settings.optics(), NO_EVE, seed);
    }
    assertThat(alice.outcomes()).containsOnly(Outcome.KEY).hasSize(3);
    assertThat(alice.keys).isEqualTo(bob.keys);
  }

  /** Clicks that come in bunches of 1/(1 - p) vary by (1 + p)/(1 - p) more than single ones. */
  @Test
  void limitsLeaveRoomForBunchesOfClicks() {
    LinkParameters optics = tired(0, 0.5, 1);
    SampleLimits limits = (SampleLimits) settings(optics).acceptance();
    double sifted =
        PULSES
            * ExpectedRates.of(
                    new OpticalLink(optics.source(), 0, optics.receiver()), new LineEve.Nobody())
                .rate(Detection::sifted);
    assertThat((double) limits.leastKept() + limits.leastSampled())
        .isCloseTo(sifted - 3.5 * Math.sqrt(3 * sifted), within(1.0));
  }

  @Test
  void endsThatTakeTheFibreForAnotherAgreeOnNothing() {
    Set<String> agreements =
        Set.of(
            settings(optics(1, 0.01)).agreement(),
            settings(optics(0.9, 0.01)).agreement(),
            settings(optics(1, 0.02)).agreement(),
            settings(new LinkParameters(PULSES, 1, 0.9, 1e-6, 0.01)).agreement(),
            settings(new LinkParameters(PULSES, 1, 1, 1e-5, 0.01)).agreement(),
            settings(tired(1, 0.1, 1)).agreement(),
            settings(tired(2, 0.1, 1)).agreement(),
            settings(tired(1, 0.2, 1)).agreement(),
            settings(tired(1, 0.1, 0.5)).agreement());
    // Set.of refuses what is there twice.
    assertThat(agreements).hasSize(9);
  }

  private void run(LinkSettings settings, LinkParameters fibre, FibreEve eve, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    new LinkSimulation(
            LinkEnds.party(Party.ALICE, settings, SecretRandom.simulated(random)),
            LinkEnds.party(Party.BOB, settings, SecretRandom.simulated(random)),
            fibre,
            Tap.NONE,
            eve,
            Chance.drivenBy(random),
            (party, effect) -> (party == Party.ALICE ? alice : bob).take(effect))
        .run();
  }
}
