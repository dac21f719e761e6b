package org.eveproof.postprocessing.finitekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.eveproof.postprocessing.EpsilonBudget;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FixedLengthTest {
  private static final JsonNode VECTOR = Vectors.of("lim2014").get(3);
  private static final Lim2014 RULE = new Lim2014(Vectors.source(VECTOR), 1e-10, 1e-15);
  private static final long LEAK = 199_110_285;

  private static DecoyCounts counts(double detections, double errors) {
    return new DecoyCounts(
        Vectors.tallies(VECTOR.get("nX"), VECTOR.get("mX")),
        Vectors.tallies(VECTOR.get("nZ"), VECTOR.get("mZ")).stream()
            .map(t -> new Tally(t.detections() * detections, t.errors() * errors))
            .toList());
  }

  private static final DecoyLimits FIXED = DecoyLimits.at(RULE, counts(1, 1), LEAK);

  @Test
  void grantsTheSameLengthToTheExpectedRunAndToABetterOne() {
    FixedLength.Accepted fixed = new FixedLength.Accepted(248_421_267);
    assertThat(FIXED.judge(counts(1, 1), LEAK)).isEqualTo(fixed);
    assertThat(FIXED.judge(counts(1, 0.5), LEAK - 1000)).isEqualTo(fixed);
    assertThat(RULE.secretBits(RULE.bounds(counts(1, 0.5)), LEAK)).isGreaterThan(248_421_267);
  }

  @Test
  void refusesMoreErrorsThanWereFixed() {
    assertThat(FIXED.judge(counts(1, 1.001), LEAK)).isInstanceOf(FixedLength.Refused.class);
  }

  @Test
  void refusesAGreaterLeakThanWasFixed() {
    assertThat(FIXED.judge(counts(1, 1), LEAK + 1)).isInstanceOf(FixedLength.Refused.class);
  }

  @Test
  void refusesARunWithoutSinglePhotonsInTheTestBasis() {
    assertThat(FIXED.judge(counts(1e-4, 1e-4), LEAK)).isInstanceOf(FixedLength.Refused.class);
  }

  @Test
  void refusesARunWhoseVacuumOrSinglePhotonsAreTooFew() {
    DecoyLimits vacuum = new DecoyLimits(RULE, 1e6, 6e8, 0.05, LEAK);
    DecoyLimits singles = new DecoyLimits(RULE, 0, 6.2e8, 0.05, LEAK);
    assertThat(vacuum.judge(counts(1, 1), LEAK)).isInstanceOf(FixedLength.Refused.class);
    assertThat(singles.judge(counts(1, 1), LEAK)).isInstanceOf(FixedLength.Refused.class);
  }

  @Test
  void refusesEverythingIfNoKeyIsLeft() {
    DecoyLimits none = DecoyLimits.at(RULE, counts(1, 1), 10 * LEAK);
    assertThat(none.secretBits()).isZero();
    assertThat(none.judge(counts(1, 1), LEAK)).isInstanceOf(FixedLength.Refused.class);
  }

  /** Splitting photons hides behind loss: what arrives comes from pulses with more than one. */
  @Test
  void photonNumberSplittingLeavesNoKey() {
    DecoySource source = Vectors.source(VECTOR);
    List<Tally> split =
        source.intensities().stream()
            .map(
                k ->
                    new Tally(
                        1e9 * k.probability() * (1 - Math.exp(-k.mean()) * (1 + k.mean())), 0))
            .toList();
    DecoyBounds bounds = RULE.bounds(new DecoyCounts(split, split));
    assertThat(bounds.singles()).isZero();
    assertThat(RULE.secretBits(bounds, 0)).isZero();
  }

  /** Nobody has seen an error: the phase error may still be as large as the test is small. */
  @Test
  void aTestWithoutErrorsDoesNotProveThatThereAreNone() {
    DecoyBounds bounds = RULE.bounds(counts(1, 0));
    assertThat(bounds.testSingleErrors()).isZero();
    assertThat(bounds.phaseError())
        .isCloseTo(Math.log(21 / 1e-10) / bounds.testSingles(), within(1e-12));
  }

  @Test
  void refusesWhatIsNoSourceForTheRule() {
    DecoySource two = new DecoySource(List.of(new Intensity(0.5, 0.5), new Intensity(0.1, 0.5)));
    DecoySource dim =
        new DecoySource(
            List.of(new Intensity(0.5, 0.5), new Intensity(0.4, 0.25), new Intensity(0.2, 0.25)));
    DecoySource dark = new DecoySource(List.of(new Intensity(0.5, 0.5), new Intensity(0, 0.5)));
    assertThatThrownBy(() -> new Lim2014(two, 1e-10, 1e-15)).hasMessageContaining("instead of 3");
    assertThatThrownBy(() -> new Lim2014(dim, 1e-10, 1e-15)).hasMessageContaining("brighter");
    assertThatThrownBy(() -> new Rusca2018(dark, 1e-10, 1e-15)).hasMessageContaining("dark");
    assertThatThrownBy(() -> new Rusca2018(two, 0, 1e-15)).hasMessageContaining("secrecyEpsilon");
    assertThatThrownBy(() -> new DecoySource(List.of(new Intensity(0.5, 0.5))))
        .hasMessageContaining("sum");
    assertThatThrownBy(
            () -> new DecoySource(List.of(new Intensity(0.1, 0.5), new Intensity(0.5, 0.5))))
        .hasMessageContaining("fall");
  }

  @Test
  void theBudgetIsTheSumOfItsParts() {
    EpsilonBudget budget = new EpsilonBudget(1e-15, 1e-10, 2e-11, 3e-16);
    assertThat(budget.total()).isCloseTo(1.200013e-10, within(1e-18));
    assertThat(EpsilonBudget.total(Collections.nCopies(1_000_000, budget)))
        .isCloseTo(1.200013e-4, within(1e-12));
    assertThat(new EpsilonBudget(0.5, 0.4, 0.3, 0).total()).isEqualTo(1);
    assertThatThrownBy(() -> new EpsilonBudget(0, 0, 0, 1.5)).hasMessageContaining("verification");
  }

  @Test
  void theAccountTakesTheTagsOffAndCountsTheHashAsLeaked() {
    KeyAccount account = new KeyAccount(1000, 400, 64, 512);
    assertThat(account.leakedBits()).isEqualTo(464);
    assertThat(account.netBits()).isEqualTo(488);
    assertThat(new KeyAccount(100, 0, 0, 512).netBits()).isNegative();
    assertThatThrownBy(() -> new KeyAccount(0, -1, 0, 0)).hasMessageContaining("-1");
  }
}
