package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.eveproof.postprocessing.FixedMarginRule;
import org.eveproof.postprocessing.finitekey.SampleLimits;
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
