package org.eveproof.quantum.decoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.Receiver;
import org.eveproof.quantum.decoy.LineEve.Nobody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each attack leaves to see, and what Eve has of it, in the analytic model. */
class LineEveTest {
  private static final PulseSource DECOYS =
      PulseSource.weakPulses(List.of(0.5, 0.1, 2e-4), List.of(0.7, 0.2, 0.1), 0.5);

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 0.5, 1})
  void interceptionLeavesTheGainsAndRaisesErrors(double fraction) {
    Receiver receiver = new Receiver(0.1, 1e-4, 0.02, 0, 0, 1, 0.5);
    for (PulseSource source : List.of(PulseSource.singlePhotons(), DECOYS)) {
      OpticalLink link = new OpticalLink(source, 5, receiver);
      ExpectedRates quiet = ExpectedRates.of(link, new Nobody());
      ExpectedRates tapped = ExpectedRates.of(link, new InterceptResend(fraction));
      assertThat(tapped.rate(d -> true)).isCloseTo(quiet.rate(d -> true), within(1e-15));
      double honest = errorRate(quiet);
      assertThat(errorRate(tapped))
          .isCloseTo(honest + fraction * (0.25 - honest / 2), within(1e-12));
    }
    ExpectedRates ideal = ExpectedRates.of(OpticalLink.ideal(), new InterceptResend(fraction));
    assertThat(errorRate(ideal)).isCloseTo(fraction / 4, within(1e-15));
    assertThat(held(ideal)).isCloseTo(fraction / 2, within(1e-15));
  }

  /** All singles blocked, an ideal receiver: Q_ν/Q_μ is that of pulses with two photons or more. */
  @Test
  void blockedSinglesShowInTheRatioOfTheGains() {
    OpticalLink link = new OpticalLink(DECOYS, 0, Receiver.ideal());
    ExpectedRates split = ExpectedRates.of(link, new PhotonNumberSplitting(1, 0));
    assertThat(gain(split, 1) / gain(split, 0)).isCloseTo(0.05187, within(5e-6));
    assertThat(errorRate(split)).isZero();
    assertThat(held(split)).isEqualTo(1);
    ExpectedRates quiet =
        ExpectedRates.of(new OpticalLink(DECOYS, 20, Receiver.ideal()), new Nobody());
    assertThat(gain(quiet, 1) / gain(quiet, 0)).isCloseTo(0.2, within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 5, 10, 30})
  void numberSplittingCanLeaveTheSignalsGain(double loss) {
    OpticalLink link = new OpticalLink(DECOYS, loss, new Receiver(0.6, 1e-5, 0.01, 0, 0, 1, 0.5));
    PhotonNumberSplitting attack = PhotonNumberSplitting.unnoticedWithoutDecoys(link);
    ExpectedRates quiet = ExpectedRates.of(link, new Nobody());
    ExpectedRates split = ExpectedRates.of(link, attack);
    assertThat(gain(split, 0) / gain(quiet, 0)).isCloseTo(1, within(1e-12));
    assertThat(gain(split, 1) / gain(quiet, 1)).isNotCloseTo(1, within(0.04));
  }

  /** The loss beyond which Eve needs no single photon at all: P(n ≥ 2) = 1 − e^(−ημ). */
  @Test
  void criticalLossesAreTheKnownOnes() {
    double[][] known = {{0.1, 13.288}, {0.2, 10.536}, {0.48, 7.370}, {0.5, 7.234}, {0.6, 6.642}};
    for (double[] row : known) {
      PulseSource source = PulseSource.weakPulses(List.of(row[0]), List.of(1.0), 0.5);
      assertThat(total(source, row[1] + 1e-3)).isTrue();
      assertThat(total(source, row[1] - 1e-3)).isFalse();
    }
  }

  private static boolean total(PulseSource source, double loss) {
    OpticalLink link = new OpticalLink(source, loss, Receiver.ideal());
    return PhotonNumberSplitting.unnoticedWithoutDecoys(link).singlePassProbability() == 0;
  }

  @Test
  void beamSplittingCanLeaveEverythingThatIsCounted() {
    OpticalLink link = new OpticalLink(DECOYS, 10, Receiver.LIM2014);
    ExpectedRates quiet = ExpectedRates.of(link, new Nobody());
    ExpectedRates split = ExpectedRates.of(link, BeamSplitting.unnoticed(link));
    for (int level = 0; level < 3; level++) {
      assertThat(gain(split, level) / gain(quiet, level)).isCloseTo(1, within(1e-12));
    }
    assertThat(errorRate(split)).isCloseTo(errorRate(quiet), within(1e-12));
    // Her part of a signal is 0.45 photons in the mean, whatever Bob gets.
    double held =
        split.rate(d -> d.sifted() && d.level() == 0 && d.held())
            / split.rate(d -> d.sifted() && d.level() == 0);
    assertThat(held).isCloseTo(1 - Math.exp(-0.45), within(1e-9));
  }

  @Test
  void timeShiftTellsWithoutErrors() {
    ExpectedRates shifted = ExpectedRates.of(OpticalLink.ideal(), new TimeShift(1, 1, 0.25));
    assertThat(errorRate(shifted)).isZero();
    assertThat(held(shifted)).isCloseTo(0.8, within(1e-15));
    assertThat(shifted.rate(d -> true)).isCloseTo(0.625, within(1e-15));
    assertThat(held(ExpectedRates.of(OpticalLink.ideal(), new TimeShift(1, 1, 1)))).isEqualTo(0.5);
  }

  private static double gain(ExpectedRates rates, int level) {
    return rates.rate(d -> d.level() == level) / DECOYS.levels().get(level).probability();
  }

  private static double errorRate(ExpectedRates rates) {
    return rates.rate(d -> d.sifted() && d.error()) / rates.rate(Detection::sifted);
  }

  private static double held(ExpectedRates rates) {
    return rates.rate(d -> d.sifted() && d.held()) / rates.rate(Detection::sifted);
  }
}
