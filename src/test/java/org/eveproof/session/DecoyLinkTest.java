package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eveproof.authentication.FixedOneTimeKeys;
import org.eveproof.authentication.Suite;
import org.eveproof.authentication.WegmanCarter;
import org.eveproof.bootstrap.Methods;
import org.eveproof.postprocessing.Sample;
import org.eveproof.postprocessing.SampleRule;
import org.eveproof.postprocessing.Sifting;
import org.eveproof.postprocessing.finitekey.DecoyCounts;
import org.eveproof.postprocessing.finitekey.DecoyLimits;
import org.eveproof.postprocessing.finitekey.FixedLength;
import org.eveproof.postprocessing.finitekey.Tally;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.protocol.SentPulses;
import org.eveproof.quantum.Basis;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.QuantumLink;
import org.eveproof.quantum.Receiver;
import org.eveproof.quantum.decoy.LineEve;
import org.eveproof.quantum.decoy.OpticalLink;
import org.eveproof.quantum.decoy.PackedPulses;
import org.eveproof.quantum.decoy.PhysicsRandom;
import org.eveproof.quantum.decoy.Tallies;
import org.eveproof.session.LinkEnds.Yield;
import org.eveproof.session.RoundReport.Outcome;
import org.eveproof.transport.Tap;
import org.junit.jupiter.api.Test;

/** Links whose light has decoys: one basis makes the key, and its length is fixed beforehand. */
final class DecoyLinkTest {
  private static final int PULSES = 1_200_000;
  private static final FibreEve NO_EVE = new FibreEve.Nothing();

  private final Yield alice = new Yield();
  private final Yield bob = new Yield();

  private static LinkParameters optics(double transmittance, double keyBasis) {
    return new LinkParameters(
        PULSES,
        PulseSource.weakPulses(List.of(0.5, 0.2, 2e-4), List.of(0.4, 0.45, 0.15), keyBasis),
        transmittance,
        1,
        1e-6,
        0.005);
  }

  private static LinkSettings settings(LinkParameters optics) {
    return LinkSettings.standard(Methods.preshared(Set.of(Suite.WEGMAN_CARTER)), 1, optics);
  }

  @Test
  void bothEndsGetTheSameKeyOfTheLengthThatWasFixed() {
    LinkSettings settings = settings(optics(1, 0.8));
    FixedLength fixed = settings.acceptance();
    assertThat(fixed.secretBits()).isPositive();
    run(settings, settings, settings.optics(), NO_EVE);
    assertThat(alice.outcomes()).containsExactly(Outcome.KEY);
    assertThat(bob.reports).isEqualTo(alice.reports);
    assertThat(alice.keys).hasSize(1).isEqualTo(bob.keys);
    RoundReport report = alice.reports.get(0);
    assertThat(report.secretBits()).isEqualTo((int) fixed.secretBits());
    LimitsReport.OfDecoys decoys = (LimitsReport.OfDecoys) report.limits().orElseThrow();
    assertThat(decoys.missed()).isEmpty();
    assertThat(report.netBits()).isEqualTo(report.secretBits() - report.authenticationBits());
    // A one-time key of 128 bits for each of the messages of both ends.
    assertThat(report.authenticationBits()).isEqualTo(128L * (8 + 2 * report.batches()));
    assertThat(total(decoys.counts().test())).isEqualTo(report.sampled());
    assertThat(total(decoys.counts().key())).isEqualTo(report.sifted() - report.sampled());
    assertThat(decoys.counts().test().stream().mapToDouble(Tally::errors).sum())
        .isEqualTo(report.errors());
  }

  /** With syndromes a round costs few one-time keys; the settings are part of what is agreed on. */
  @Test
  void syndromesReconcileInThreeMessagesAtMost() {
    LinkSettings cascade = settings(optics(1, 0.8));
    LinkSettings settings =
        new LinkSettings(
            cascade.methods(), 1, cascade.optics(), true, 0.1, 0.05, 1e-10, 1e-15, 256);
    run(settings, settings, settings.optics(), NO_EVE);
    assertThat(alice.outcomes()).containsExactly(Outcome.KEY);
    assertThat(alice.keys).hasSize(1).isEqualTo(bob.keys);
    assertThat(alice.reports.get(0).batches()).isLessThanOrEqualTo(3);
    assertThat(run(settings, cascade, settings.optics(), NO_EVE))
        .hasSize(2)
        .allSatisfy(why -> assertThat(why).contains("reconciliation=ldpc"));
  }

  private static double total(List<Tally> tallies) {
    return tallies.stream().mapToDouble(Tally::detections).sum();
  }

  @Test
  void aFibreThatLosesMoreThanItIsSaidToGivesNoKey() {
    LinkSettings settings = settings(optics(1, 0.8));
    run(settings, settings, optics(0.9, 0.8), NO_EVE);
    assertThat(alice.outcomes()).containsExactly(Outcome.ABORTED);
    assertThat(alice.reports.get(0).reason()).contains(AbortReason.OUTSIDE_LIMITS);
    assertThat(alice.reports.get(0).limits().orElseThrow().missed().orElseThrow())
        .contains("single photons");
    assertThat(alice.keys).isEmpty();
    assertThat(bob.keys).isEmpty();
  }

  @Test
  void aFewInterceptedPulsesGiveNoKeyThoughTheErrorRateIsTolerable() {
    LinkSettings settings = settings(optics(1, 0.8));
    run(
        settings,
        settings,
        settings.optics(),
        new FibreEve.InterceptResend(0.1, FibreEve.BasisChoice.RANDOM));
    assertThat(bob.outcomes()).containsExactly(Outcome.ABORTED);
    assertThat(bob.reports.get(0).qber()).isLessThan(settings.errorLimit());
    assertThat(bob.keys).isEmpty();
  }

  /** No error tells of an Eve who counts photons; that single ones are missing does. */
  @Test
  void splitPulsesGiveNoKeyThoughThereIsNoError() {
    LinkSettings settings = settings(optics(1, 0.8));
    run(settings, settings, settings.optics(), new FibreEve.SplitPhotons(0.1));
    assertThat(bob.outcomes()).containsExactly(Outcome.ABORTED);
    RoundReport report = bob.reports.get(0);
    assertThat(report.reason()).contains(AbortReason.OUTSIDE_LIMITS);
    assertThat(report.limits().orElseThrow().missed().orElseThrow()).contains("single photons");
    assertThat(report.qber()).isLessThan(0.006);
    assertThat(alice.keys).isEmpty();
    assertThat(bob.keys).isEmpty();
  }

  @Test
  void endsThatTakeTheLightForAnotherDoNotBegin() {
    LinkSettings settings = settings(optics(1, 0.8));
    List<String> failures = run(settings, settings(optics(1, 0.81)), settings.optics(), NO_EVE);
    assertThat(failures)
        .hasSize(2)
        .allSatisfy(why -> assertThat(why).contains("keyBasis=0.8 ").contains("keyBasis=0.81 "));
  }

  /** What the two ends rest the length on, number for number; the leak's limit is part of it. */
  @Test
  void lengthAndLimitsAreThoseOfTheFormula() {
    DecoyLimits fixed = (DecoyLimits) settings(optics(1, 0.8)).acceptance();
    assertThat(fixed.greatestLeak()).isEqualTo(11_265);
    assertThat(fixed.secretBits()).isEqualTo(17_941);
    LinkSettings cascade = settings(optics(1, 0.8));
    LinkSettings syndromes =
        new LinkSettings(
            cascade.methods(), 1, cascade.optics(), true, 0.1, 0.05, 1e-10, 1e-15, 256);
    assertThat(syndromes.acceptance().greatestLeak()).isEqualTo(13_998);
  }

  /** Of weak light the test basis is the sample, at all intensities. */
  @Test
  void theSampleOfWeakLightIsTheTestBasis() {
    List<Tally> test = Acceptance.expected(optics(1, 0.8)).test();
    assertThat(Acceptance.sampleErrorRate(optics(1, 0.8)))
        .isCloseTo(test.stream().mapToDouble(Tally::errors).sum() / total(test), within(1e-12));
  }

  @Test
  void aRoundThatDisclosedMoreThanItMightGivesNoKey() {
    DecoyLimits fixed = (DecoyLimits) settings(optics(1, 0.8)).acceptance();
    LengthRule rule = new LengthRule.Fixed(fixed);
    Findings good = Findings.NONE.estimated(0, Optional.of(Acceptance.expected(optics(1, 0.8))));
    int limit = (int) fixed.greatestLeak();
    assertThat(rule.secretBits(1_000_000, good.disclosed(limit)))
        .isEqualTo((int) fixed.secretBits());
    assertThat(rule.secretBits(1_000_000, good.disclosed(limit + 1))).isZero();
    assertThat(rule.secretBits(1_000_000, good.disclosed(limit).hashed(1, true))).isZero();
    assertThat(rule.secretBits(1_000_000, Findings.NONE)).as("nothing was counted").isZero();
    assertThat(rule.noKey()).isEqualTo(AbortReason.OUTSIDE_LIMITS);
  }

  @Test
  void whateverTheLengthRestsOnIsAgreedOn() {
    PulseSource source = optics(1, 0.8).source();
    PulseSource other =
        PulseSource.weakPulses(List.of(0.5, 0.2, 2e-4), List.of(0.41, 0.44, 0.15), 0.8);
    PulseSource brighter =
        PulseSource.weakPulses(List.of(0.51, 0.2, 2e-4), List.of(0.4, 0.45, 0.15), 0.8);
    Set<String> agreements =
        Set.of(
            settings(new LinkParameters(PULSES, source, 1, 1, 1e-6, 0.005)).agreement(),
            settings(new LinkParameters(PULSES + 1, source, 1, 1, 1e-6, 0.005)).agreement(),
            settings(new LinkParameters(PULSES, other, 1, 1, 1e-6, 0.005)).agreement(),
            settings(new LinkParameters(PULSES, brighter, 1, 1, 1e-6, 0.005)).agreement(),
            settings(new LinkParameters(PULSES, source, 0.9, 1, 1e-6, 0.005)).agreement(),
            settings(new LinkParameters(PULSES, source, 1, 0.9, 1e-6, 0.005)).agreement(),
            settings(new LinkParameters(PULSES, source, 1, 1, 1e-5, 0.005)).agreement(),
            settings(new LinkParameters(PULSES, source, 1, 1, 1e-6, 0.006)).agreement());
    // Set.of refuses what is there twice.
    assertThat(agreements).hasSize(8);
  }

  /** Chance alone takes hardly any honest round out of its limits. */
  @Test
  void honestCountsAreAccepted() {
    DecoyLimits fixed = (DecoyLimits) settings(optics(1, 0.8)).acceptance();
    DecoyCounts expected = Acceptance.expected(optics(1, 0.8));
    SplittableRandom random = new SplittableRandom(3);
    int accepted = 0;
    for (int round = 0; round < 500; round++) {
      DecoyCounts counts =
          new DecoyCounts(around(expected.key(), random), around(expected.test(), random));
      accepted += fixed.judge(counts, 0) instanceof FixedLength.Accepted ? 1 : 0;
    }
    assertThat(accepted).isEqualTo(500);
    DecoyLimits sharp = DecoyLimits.at(fixed.rule(), expected, fixed.greatestLeak());
    assertThat(sharp.secretBits()).isGreaterThan(fixed.secretBits());
  }

  /** Clicks that bring about others come in bunches; the limits leave room for these as well. */
  @Test
  void honestCountsOfDetectorsThatTireAreAccepted() {
    Receiver tired = new Receiver(1, 1e-6, 0.001, 5, 0.05, 0.3, 0.8);
    PulseSource source = optics(1, 0.8).source();
    DecoyLimits fixed =
        (DecoyLimits) settings(new LinkParameters(6_400_000, source, 1, tired)).acceptance();
    assertThat(fixed.secretBits()).isPositive();
    PackedPulses light = new PackedPulses(new OpticalLink(source, 0, tired), new LineEve.Nobody());
    int accepted = 0;
    for (int round = 0; round < 60; round++) {
      Tallies tallies = new Tallies();
      light.run(6_400_000, new PhysicsRandom(round), tallies);
      DecoyCounts counts = new DecoyCounts(counts(tallies, Basis.X), counts(tallies, Basis.Z));
      accepted += fixed.judge(counts, 0) instanceof FixedLength.Accepted ? 1 : 0;
    }
    assertThat(accepted).isEqualTo(60);
  }

  private static List<Tally> counts(Tallies tallies, Basis basis) {
    return IntStream.range(0, 3)
        .mapToObj(level -> new Tally(tallies.sifted(level, basis), tallies.errors(level, basis)))
        .toList();
  }

  private static List<Tally> around(List<Tally> expected, SplittableRandom random) {
    return expected.stream()
        .map(
            tally -> {
              double right = poisson(tally.detections() - tally.errors(), random);
              double wrong = poisson(tally.errors(), random);
              return new Tally(right + wrong, wrong);
            })
        .toList();
  }

  private static double poisson(double mean, SplittableRandom random) {
    return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
  }

  @Test
  void noSampleButTheWholeTestBasisIsAdmitted() {
    SampleRule rule = new SampleRule.TestBasis();
    Bits bases = Bits.parse("0110");
    SecretRandom random = SecretRandom.simulated(new SplittableRandom(1));
    assertThat(rule.draw(bases, random)).isEqualTo(new Sample(Bits.parse("1001")));
    for (String sample : List.of("1000", "1101", "0110", "0000", "1111")) {
      assertThat(rule.admits(bases, new Sample(Bits.parse(sample)))).as(sample).isFalse();
    }
    assertThat(rule.admits(bases, new Sample(Bits.parse("1001")))).isTrue();
    assertThat(rule.isEnough(Bits.parse("000"))).isFalse();
    assertThat(rule.isEnough(Bits.parse("111"))).isFalse();
    assertThat(rule.admits(Bits.parse("000"), new Sample(Bits.parse("111")))).isFalse();
  }

  @Test
  void anIntensityThatDoesNotExistIsRefused() {
    ExchangeParameters parameters = settings(optics(1, 0.8)).exchange();
    Bits bases = Bits.parse("01");
    List<Bits> three = List.of(Bits.parse("01"), Bits.parse("01"));
    Sample sample = new Sample(Bits.parse("10"));
    byte[] bytes = new Payload.Disclosure(bases, three, sample, Bits.parse("1")).encode();
    assertThatThrownBy(() -> Payload.Disclosure.read(new PayloadReader(bytes), bases, parameters))
        .isInstanceOf(RefusedException.class);
  }

  /** What Alice chose is shown for what Bob detected, and destroyed for all pulses. */
  @Test
  void basesAndIntensitiesAreWipedOnceTheyAreShown() {
    SecretRandom random = SecretRandom.simulated(new SplittableRandom(1));
    SentPulses pulses = QuantumLink.prepare(4, optics(1, 0.8).source(), random);
    Bits bases = Bits.parse("0110");
    ExchangeAlice disclosing =
        new ExchangeAlice.Disclosing(
            settings(optics(1, 0.8)).exchange(),
            Conversation.begin(new WegmanCarter(), Party.ALICE, 1, 0),
            pulses,
            bases,
            List.of(Bits.parse("1000"), Bits.parse("0001")),
            Sifting.of(Bits.parse("1111"), bases, bases));
    disclosing.speak(new Supplies(new FixedOneTimeKeys(Party.ALICE, new byte[32], 1), random));
    assertThat(pulses.bases().isDestroyed()).isTrue();
    assertThat(pulses.intensities()).hasSize(2).allMatch(SecretBits::isDestroyed);
    assertThat(pulses.bits().isDestroyed()).as("the key is made of these").isFalse();
  }

  @Test
  void eachBitIsCountedAtItsIntensity() {
    // Of six detections all but the second were sifted; of these the first and the last are tested.
    Sifting sifting = new Sifting(Bits.parse("111111"), Bits.parse("101111"));
    Sample sample = new Sample(Bits.parse("10001"));
    List<Bits> indices = List.of(Bits.parse("110010"), Bits.parse("000101"));
    assertThat(IntensityTallies.of(indices, sifting, sample).counts(Bits.parse("01"), 3))
        .isEqualTo(
            Optional.of(
                new DecoyCounts(
                    List.of(new Tally(1, 0), new Tally(1, 0), new Tally(1, 0)),
                    List.of(new Tally(0, 0), new Tally(1, 0), new Tally(1, 1)))));
    assertThat(IntensityTallies.of(List.of(), sifting, sample).counts(Bits.parse("01"), 1))
        .isEmpty();
  }

  private List<String> run(
      LinkSettings ofAlice, LinkSettings ofBob, LinkParameters fibre, FibreEve eve) {
    SplittableRandom random = new SplittableRandom(1);
    LinkParty first = LinkEnds.party(Party.ALICE, ofAlice, SecretRandom.simulated(random));
    LinkParty second = LinkEnds.party(Party.BOB, ofBob, SecretRandom.simulated(random));
    new LinkSimulation(
            first,
            second,
            fibre,
            Tap.NONE,
            eve,
            Chance.drivenBy(random),
            (party, effect) -> (party == Party.ALICE ? alice : bob).take(effect))
        .run();
    List<String> failures = new ArrayList<>();
    first.failure().ifPresent(failures::add);
    second.failure().ifPresent(failures::add);
    return failures;
  }
}
