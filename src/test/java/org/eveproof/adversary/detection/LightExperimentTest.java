package org.eveproof.adversary.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eveproof.adversary.detection.DecoyExperiment.Result;
import org.eveproof.adversary.detection.DecoyExperiment.Worth;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.Receiver;
import org.eveproof.quantum.decoy.BeamSplitting;
import org.eveproof.quantum.decoy.ExpectedRates;
import org.eveproof.quantum.decoy.LineEve;
import org.eveproof.quantum.decoy.LineEve.Nobody;
import org.eveproof.quantum.decoy.OpticalLink;
import org.eveproof.quantum.decoy.PhotonNumberSplitting;
import org.eveproof.quantum.decoy.Sometimes;
import org.eveproof.quantum.decoy.TimeShift;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fixed seeds; with fresh ones a sound run would fail once in 1e9. */
class LightExperimentTest {
  private static final double FALSE_ALARM = 1e-9;
  private static final PulseSource DECOYS =
      PulseSource.weakPulses(List.of(0.5, 0.2, 2e-4), List.of(0.4, 0.45, 0.15), 0.7);

  /** A receiver with little noise, so that few pulses make a key. */
  private static final OpticalLink LINK =
      new OpticalLink(DECOYS, 8, new Receiver(0.8, 6e-7, 0.005, 0, 0.01, 1, 0.7));

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 1})
  void interceptionShowsAsTheorySays(double fraction) {
    InterceptExperiment experiment =
        new InterceptExperiment(fraction, 0.02, 0.11, 200_000, FALSE_ALARM);
    assertThat(experiment.run(1).agrees()).isTrue();
    assertThat(experiment.run(1, fraction == 1 ? 0.97 : fraction + 0.03).agrees()).isFalse();
    assertThat(experiment.run(1)).isEqualTo(experiment.run(1));
  }

  @Test
  void aMeasurementFarOffIsRefuted() {
    assertThat(new Measurement("", 500, 1000, 0.5, 1, FALSE_ALARM).agrees()).isTrue();
    assertThat(new Measurement("", 600, 1000, 0.5, 1, FALSE_ALARM).agrees()).isFalse();
    assertThat(new Measurement("", 400, 1000, 0.5, 1, FALSE_ALARM).agrees()).isFalse();
    assertThat(new Measurement("", 600, 1000, 0.5, 4, FALSE_ALARM).agrees()).isTrue();
    assertThat(new Measurement("", 1, 10, 0, 1, FALSE_ALARM).agrees()).isFalse();
    assertThat(new Measurement("", 9, 10, 1, 1, FALSE_ALARM).agrees()).isFalse();
  }

  @Test
  void aQuietLinkHasAKeyAndShowsWhatTheModelSays() {
    Result result = experiment(new Nobody()).run(1);
    assertThat(result.agrees()).isTrue();
    assertThat(result.key().secretBits()).isPositive();
    assertThat(result.key().promiseHolds()).isTrue();
    assertThat(result.key().heldBits()).isZero();
  }

  /** Without decoys nothing is seen, and Eve has all but noise; with decoys there is no key. */
  @Test
  void numberSplittingLeavesNoKey() {
    LineEve eve = PhotonNumberSplitting.unnoticedWithoutDecoys(LINK);
    Result quiet = experiment(new Nobody()).run(1);
    Result split = experiment(eve).run(2);
    assertThat(split.agrees()).isTrue();
    Worth key = split.key();
    assertThat(key.heldBits()).isGreaterThan(Math.round(0.95 * key.siftedBits()));
    assertThat(key.bounds().singles()).isZero();
    assertThat(key.secretBits()).isZero();
    assertThat(key.trustingBits()).isGreaterThan(key.siftedBits() / 2);
    double signal = quiet.rows().get(0).gain().share();
    assertThat(split.rows().get(0).gain().interval().contains(signal)).isTrue();
  }

  @Test
  void theLengthFallsWithTheShareThatIsSplitAndNeverPromisesWhatEveHas() {
    LineEve attack = PhotonNumberSplitting.unnoticedWithoutDecoys(LINK);
    long before = Long.MAX_VALUE;
    for (double share : new double[] {0, 0.1, 0.2, 0.4, 0.7, 1}) {
      Worth key = experiment(new Sometimes(share, attack)).expected();
      assertThat(key.promiseHolds()).isTrue();
      assertThat(key.secretBits()).isLessThanOrEqualTo(before);
      before = key.secretBits();
    }
    assertThat(before).isZero();
  }

  @Test
  void beamSplittingLeavesTheKeyThatTheDecoysPromise() {
    Result result = experiment(BeamSplitting.unnoticed(LINK)).run(3);
    assertThat(result.agrees()).isTrue();
    assertThat(result.key().heldBits()).isPositive();
    assertThat(result.key().secretBits()).isPositive();
    assertThat(result.key().promiseHolds()).isTrue();
  }

  /** Outside what the length covers: the detectors are not alike. */
  @Test
  void timeShiftBreaksThePromise() {
    Result result = experiment(new TimeShift(1, 1, 0.1)).run(4);
    assertThat(result.agrees()).isTrue();
    assertThat(result.key().secretBits()).isPositive();
    assertThat(result.key().promiseHolds()).isFalse();
  }

  @Test
  void theModelOfAnotherLinkIsRefuted() {
    DecoyExperiment experiment = experiment(new Nobody());
    for (OpticalLink other :
        List.of(
            new OpticalLink(DECOYS, 8.2, LINK.receiver()),
            new OpticalLink(DECOYS, 8, LINK.receiver().withMisalignment(0.009)))) {
      assertThat(experiment.run(1, ExpectedRates.of(other, new Nobody())).agrees()).isFalse();
    }
    assertThat(experiment.run(1, ExpectedRates.of(LINK, BeamSplitting.unnoticed(LINK))).agrees())
        .isFalse();
  }

  private static DecoyExperiment experiment(LineEve eve) {
    return new DecoyExperiment(LINK, eve, 20_000_000, 1.16, 1e-10, 1e-15, FALSE_ALARM);
  }
}
