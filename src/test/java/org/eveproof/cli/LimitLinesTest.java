package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.eveproof.postprocessing.FixedMarginRule;
import org.eveproof.postprocessing.finitekey.DecoyBounds;
import org.eveproof.postprocessing.finitekey.DecoyCounts;
import org.eveproof.postprocessing.finitekey.DecoyLimits;
import org.eveproof.postprocessing.finitekey.DecoySource;
import org.eveproof.postprocessing.finitekey.Intensity;
import org.eveproof.postprocessing.finitekey.Lim2014;
import org.eveproof.postprocessing.finitekey.SampleLimits;
import org.eveproof.postprocessing.finitekey.Tally;
import org.eveproof.session.LimitsReport;
import org.junit.jupiter.api.Test;

final class LimitLinesTest {
  private static final SampleLimits LIMITS =
      new SampleLimits(new FixedMarginRule(50), 1000, 100, 300);

  private static LimitsReport report(Optional<String> missed) {
    return new LimitsReport.OfSample(1010, 111, LIMITS, missed);
  }

  @Test
  void aLineSaysWhatWasDemandedAndWhatWasThere() {
    assertThat(LimitLines.text(report(Optional.empty())))
        .isEqualTo(
            "fixed beforehand: 650 bits; kept 1010 (least 1000), sampled 111 (least 100), leak at"
                + " most 300");
    assertThat(LimitLines.text(report(Optional.of("leak of 301 bits is above 300"))))
        .endsWith(String.format("%n         missed: leak of 301 bits is above 300"));
  }

  /** All numbers differ, so that none can stand for another. */
  private static LimitsReport decoys() {
    return new LimitsReport.OfDecoys(
        new DecoyCounts(
            List.of(new Tally(901, 11), new Tally(802, 12), new Tally(73, 13)),
            List.of(new Tally(94, 14), new Tally(85, 15), new Tally(76, 16))),
        new DecoyBounds(21, 32, 1, 1, 0, 0.043),
        new DecoyLimits(
            new Lim2014(
                new DecoySource(
                    List.of(
                        new Intensity(0.5, 0.4),
                        new Intensity(0.2, 0.4),
                        new Intensity(0.001, 0.2))),
                1e-10,
                1e-15),
            20,
            31,
            0.054,
            17),
        Optional.empty());
  }

  @Test
  void decoysAreShownWithTheirBoundsAndLimits() {
    assertThat(LimitLines.text(decoys()))
        .isEqualTo(
            String.format(
                "intensities: key 901 + 802 + 73; test 94 (14 wrong) + 85 (15 wrong) + 76 (16"
                    + " wrong)%n         fixed beforehand: 0 bits; vacuum 21 (least 20), single"
                    + " photons 32 (least 31), phase error 4.30 %% (at most 5.40 %%), leak at most"
                    + " 17"));
    assertThat(LimitLines.name(decoys())).isEqualTo("decoys");
    assertThat(LimitLines.json(decoys()))
        .containsEntry("keyDetections", List.of(901L, 802L, 73L))
        .containsEntry("testDetections", List.of(94L, 85L, 76L))
        .containsEntry("testErrors", List.of(14L, 15L, 16L))
        .containsEntry("vacuum", 21.0)
        .containsEntry("leastVacuum", 20.0)
        .containsEntry("singles", 32.0)
        .containsEntry("leastSingles", 31.0)
        .containsEntry("phaseError", 0.043)
        .containsEntry("greatestPhaseError", 0.054)
        .containsEntry("greatestLeak", 17L)
        .containsEntry("fixedSecretBits", 0L)
        .containsEntry("missed", "")
        .hasSize(12);
  }

  @Test
  void anObjectSaysTheSame() {
    assertThat(LimitLines.name(report(Optional.empty()))).isEqualTo("limits");
    assertThat(LimitLines.json(report(Optional.of("why"))))
        .containsEntry("keptBits", 1010)
        .containsEntry("leastKeptBits", 1000)
        .containsEntry("leastSampledBits", 100)
        .containsEntry("greatestLeak", 300L)
        .containsEntry("fixedSecretBits", 650L)
        .containsEntry("missed", "why")
        .hasSize(6);
  }
}
