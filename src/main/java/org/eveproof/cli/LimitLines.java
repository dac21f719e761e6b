package org.eveproof.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eveproof.postprocessing.finitekey.Tally;
import org.eveproof.session.LimitsReport;

/** What a round had to show for its key, and what it showed, for people and for machines. */
final class LimitLines {
  private LimitLines() {}

  /** Returns it in one line, or two if the light had decoys; and in a last one what was missed. */
  static String text(LimitsReport report) {
    String seen =
        report instanceof LimitsReport.OfDecoys decoys
            ? text(decoys)
            : text((LimitsReport.OfSample) report);
    return seen
        + String.format(Locale.ROOT, ", leak at most %d", report.limits().greatestLeak())
        + report.missed().map(limit -> String.format("%n         missed: %s", limit)).orElse("");
  }

  private static String text(LimitsReport.OfSample report) {
    return String.format(
        Locale.ROOT,
        "fixed beforehand: %d bits; kept %d (least %d), sampled %d (least %d)",
        report.limits().secretBits(),
        report.kept(),
        report.limits().leastKept(),
        report.sampled(),
        report.limits().leastSampled());
  }

  private static String text(LimitsReport.OfDecoys report) {
    return String.format(
        Locale.ROOT,
        "intensities: key %s; test %s%n"
            + "         fixed beforehand: %d bits; vacuum %.0f (least %.0f), single photons %.0f"
            + " (least %.0f), phase error %.2f %% (at most %.2f %%)",
        report.counts().key().stream()
            .map(tally -> whole(tally.detections()))
            .collect(Collectors.joining(" + ")),
        report.counts().test().stream()
            .map(tally -> whole(tally.detections()) + " (" + whole(tally.errors()) + " wrong)")
            .collect(Collectors.joining(" + ")),
        report.limits().secretBits(),
        report.bounds().vacuum(),
        report.limits().leastVacuum(),
        report.bounds().singles(),
        report.limits().leastSingles(),
        100 * report.bounds().phaseError(),
        100 * report.limits().greatestPhaseError());
  }

  /** Returns the field's name in JSON: "decoys" if the light had them, else "limits". */
  static String name(LimitsReport report) {
    return report instanceof LimitsReport.OfDecoys ? "decoys" : "limits";
  }

  /** Returns the same as a JSON object. */
  static Map<String, Object> json(LimitsReport report) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (report instanceof LimitsReport.OfDecoys decoys) {
      object.put("keyDetections", detections(decoys.counts().key()));
      object.put("testDetections", detections(decoys.counts().test()));
      object.put(
          "testErrors",
          decoys.counts().test().stream().map(tally -> Math.round(tally.errors())).toList());
      object.put("vacuum", decoys.bounds().vacuum());
      object.put("leastVacuum", decoys.limits().leastVacuum());
      object.put("singles", decoys.bounds().singles());
      object.put("leastSingles", decoys.limits().leastSingles());
      object.put("phaseError", decoys.bounds().phaseError());
      object.put("greatestPhaseError", decoys.limits().greatestPhaseError());
    } else if (report instanceof LimitsReport.OfSample sample) {
      object.put("keptBits", sample.kept());
      object.put("leastKeptBits", sample.limits().leastKept());
      object.put("leastSampledBits", sample.limits().leastSampled());
    }
    object.put("greatestLeak", report.limits().greatestLeak());
    object.put("fixedSecretBits", report.limits().secretBits());
    object.put("missed", report.missed().orElse(""));
    return object;
  }

  private static List<Long> detections(List<Tally> tallies) {
    return tallies.stream().map(tally -> Math.round(tally.detections())).toList();
  }

  private static String whole(double count) {
    return Long.toString(Math.round(count));
  }
}
