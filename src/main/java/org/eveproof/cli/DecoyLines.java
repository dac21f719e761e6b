package org.eveproof.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eveproof.postprocessing.finitekey.Tally;
import org.eveproof.session.DecoyReport;

/** What the decoys of a round showed, for people and for machines. */
final class DecoyLines {
  private DecoyLines() {}

  /** Returns the counts in one line, and what follows of them, with its limits, in another. */
  static String text(DecoyReport report) {
    return String.format(
        Locale.ROOT,
        "intensities: key %s; test %s%n"
            + "         vacuum %.0f (least %.0f), single photons %.0f (least %.0f),"
            + " phase error %.2f %% (at most %.2f %%), leak at most %d%s",
        report.counts().key().stream()
            .map(tally -> whole(tally.detections()))
            .collect(Collectors.joining(" + ")),
        report.counts().test().stream()
            .map(tally -> whole(tally.detections()) + " (" + whole(tally.errors()) + " wrong)")
            .collect(Collectors.joining(" + ")),
        report.bounds().vacuum(),
        report.limits().leastVacuum(),
        report.bounds().singles(),
        report.limits().leastSingles(),
        100 * report.bounds().phaseError(),
        100 * report.limits().greatestPhaseError(),
        report.limits().greatestLeak(),
        report.missed().map(limit -> String.format("%n         missed: %s", limit)).orElse(""));
  }

  /** Returns the same as a JSON object. */
  static Map<String, Object> json(DecoyReport report) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("keyDetections", detections(report.counts().key()));
    object.put("testDetections", detections(report.counts().test()));
    object.put(
        "testErrors",
        report.counts().test().stream().map(tally -> Math.round(tally.errors())).toList());
    object.put("vacuum", report.bounds().vacuum());
    object.put("leastVacuum", report.limits().leastVacuum());
    object.put("singles", report.bounds().singles());
    object.put("leastSingles", report.limits().leastSingles());
    object.put("phaseError", report.bounds().phaseError());
    object.put("greatestPhaseError", report.limits().greatestPhaseError());
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
