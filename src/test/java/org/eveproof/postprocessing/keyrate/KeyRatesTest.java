package org.eveproof.postprocessing.keyrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.eveproof.postprocessing.EpsilonBudget;
import org.eveproof.postprocessing.finitekey.KeyAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRatesTest {
  private static final RateQuestion PAPER =
      new RateQuestion(
          FibreLink.LIM2014, 50, 1_000_000, 1.16, new SecrecyTarget(1e-15, true), 1e-15, 0, 0);

  private static final RateQuestion WHOLE =
      new RateQuestion(
          FibreLink.LIM2014, 50, 1_000_000, 1.16, new SecrecyTarget(1e-10, false), 1e-15, 63, 16);

  /** Optimised apart from this code, by another method of search; three digits are known. */
  @ParameterizedTest
  @CsvSource({
    "0,   10000, 2.65e-4", "0,   100000, 1.58e-3", "0,   1000000, 3.69e-3",
    "0,   10000000, 5.99e-3", "0,   100000000, 8.11e-3", "0,   1000000000, 9.93e-3",
    "50,  10000, 2.37e-5", "50,  100000, 1.49e-4", "50,  1000000, 3.52e-4",
    "50,  10000000, 5.74e-4", "50,  100000000, 7.79e-4", "50,  1000000000, 9.57e-4",
    "100, 10000, 1.07e-6", "100, 100000, 1.19e-5", "100, 1000000, 3.07e-5",
    "100, 10000000, 5.16e-5", "100, 100000000, 7.10e-5", "100, 1000000000, 8.80e-5"
  })
  void twoDecoysReachTheRatesOptimisedElsewhere(double kilometres, int block, double rate) {
    assertThat(KeyRates.best(Protocol.LIM2014, PAPER.at(kilometres).ofBlock(block)).rate())
        .isCloseTo(rate, Percentage.withPercentage(0.5));
  }

  /** Abstract of Rusca et al. (2018), on the link of its figures. */
  @ParameterizedTest
  @CsvSource({"50, 1000000", "50, 10000000", "50, 100000000", "130, 10000000", "200, 10000000"})
  void oneDecoyBeatsTwoUpToBlocksOfAHundredMillion(double kilometres, int block) {
    RateQuestion question =
        new RateQuestion(
            new FibreLink(0.2, 0.5, 5e-9, 0, 0.01),
            kilometres,
            block,
            1.16,
            new SecrecyTarget(1e-9, false),
            1e-15,
            0,
            0);
    assertThat(KeyRates.best(Protocol.RUSCA2018, question).rate())
        .isGreaterThan(KeyRates.best(Protocol.LIM2014, question).rate());
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void finiteBlocksApproachEndlessDataFromBelowAndFarLinksGiveLess(Protocol protocol) {
    double before = 0;
    for (int block : new int[] {100_000, 10_000_000, 1_000_000_000}) {
      double rate = KeyRates.best(protocol, WHOLE.ofBlock(block)).rate();
      assertThat(rate).isGreaterThanOrEqualTo(before);
      before = rate;
    }
    if (protocol == Protocol.LIM2014 || protocol == Protocol.RUSCA2018) {
      assertThat(before).isLessThan(KeyRates.best(Protocol.GLLP, WHOLE).rate());
    }
    assertThat(KeyRates.best(protocol, WHOLE.at(80)).rate())
        .isPositive()
        .isLessThan(KeyRates.best(protocol, WHOLE).rate());
    assertThat(KeyRates.best(protocol, WHOLE.at(300)).rate()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void theSameQuestionHasTheSameAnswer(Protocol protocol) {
    assertThat(KeyRates.best(protocol, WHOLE)).isEqualTo(KeyRates.best(protocol, WHOLE));
  }

  /** Every neighbour of the optimum, 2 % away in one coordinate, is worth less. */
  @Test
  void noNeighbourOfTheOptimumIsBetter() {
    DecoyModel model = new DecoyModel(WHOLE, DecoyModel.Decoys.TWO);
    RatePoint best = KeyRates.best(Protocol.LIM2014, WHOLE);
    double signal = parameter(best, "mu1");
    double rest = 1 - parameter(best, "p1");
    double[] choice = {
      parameter(best, "keyBasis"),
      (signal - 0.01) / 1.49,
      (parameter(best, "mu2") - 2e-4) / (signal - 4e-4),
      1 - rest,
      parameter(best, "p2") / rest
    };
    double worth = model.worth(choice);
    assertThat(worth).isCloseTo(best.rate(), Percentage.withPercentage(0.01));
    for (int i = 0; i < choice.length; i++) {
      for (double factor : new double[] {0.98, 1.02}) {
        double[] neighbour = choice.clone();
        neighbour[i] *= factor;
        if (neighbour[i] < 1) {
          assertThat(model.worth(neighbour)).isLessThan(worth);
        }
      }
    }
  }

  @Test
  void theHashIsLeakedTheTagsAreSubtractedAndTheBudgetNamesBoth() {
    RatePoint point = KeyRates.best(Protocol.LIM2014, WHOLE);
    RatePoint.Block block = point.block().orElseThrow();
    KeyAccount account = block.account();
    assertThat(account.verificationBits()).isEqualTo(63);
    assertThat(account.authenticationBits()).isEqualTo(18 * 128);
    assertThat(point.rate()).isEqualTo(account.secretBits() / block.pulses());
    assertThat(point.netRate())
        .isEqualTo((account.secretBits() - 18 * 128) / block.pulses())
        .isLessThan(point.rate());
    EpsilonBudget budget = block.budget();
    assertThat(budget.secrecy()).isEqualTo(1e-10);
    assertThat(budget.correctness()).isEqualTo(1e-15);
    assertThat(budget.verification()).isCloseTo(7813 * Math.pow(2, -63), within(1e-20));
    assertThat(budget.authentication()).isBetween(1e6 * Math.pow(2, -128), 1e-30);
    // One attempt for each tag, and a block of message for each detection.
    assertThat(WHOLE.budget(1e-10, 0).authentication())
        .isEqualTo(Math.scalb((double) WHOLE.tags(), -128));
    assertThat(WHOLE.budget(1e-10, 1000).authentication())
        .isEqualTo(Math.scalb(1000.0 + WHOLE.tags(), -128));
    RateQuestion longer =
        new RateQuestion(WHOLE.link(), 50, 1_000_000, 1.16, WHOLE.secrecy(), 1e-15, 63 + 50, 16);
    assertThat(KeyRates.best(Protocol.LIM2014, longer).block().orElseThrow().account().secretBits())
        .isCloseTo(account.secretBits() - 50, within(60L));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "25, 0.04", "120, 0.04"})
  void weakPulsesAreAMixtureOfPhotonNumbers(double kilometres, double afterpulses) {
    FibreLink link = new FibreLink(0.2, 0.1, 6e-7, afterpulses, 0.005);
    double eta = link.transmittance(kilometres);
    double gain = 0;
    double weight = Math.exp(-0.5);
    for (int n = 0; n < 40; n++) {
      gain += weight * (1 + afterpulses) * (1 - (1 - 1.2e-6) * Math.pow(1 - eta, n));
      weight *= 0.5 / (n + 1);
    }
    assertThat(link.weakPulse(0.5, kilometres).gain())
        .isCloseTo(gain, Percentage.withPercentage(1e-7));
    assertThat(link.weakPulse(0, kilometres).errorRate()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void refusesWhatIsNoLinkAndNoQuestion() {
    assertThatThrownBy(() -> new FibreLink(-0.1, 0.1, 0, 0, 0))
        .hasMessageContaining("decibelsPerKilometre");
    assertThatThrownBy(() -> new FibreLink(0.2, 0, 0, 0, 0))
        .hasMessageContaining("detectorEfficiency");
    assertThatThrownBy(() -> new FibreLink(0.2, 0.1, 0, 0, 0.6))
        .hasMessageContaining("misalignment");
    assertThatThrownBy(() -> WHOLE.at(-1)).hasMessageContaining("kilometres");
    assertThatThrownBy(() -> WHOLE.ofBlock(0)).hasMessageContaining("blockBits");
    assertThatThrownBy(() -> new SecrecyTarget(1, false)).hasMessageContaining("epsilon");
  }

  private static double parameter(RatePoint point, String name) {
    return Objects.requireNonNull(point.parameters().get(name));
  }
}
