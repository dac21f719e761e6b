package org.eveproof.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eveproof.adversary.detection.InterceptCounts;
import org.eveproof.adversary.detection.InterceptExperiment;
import org.eveproof.adversary.detection.InterceptExperiment.Power;
import org.eveproof.adversary.detection.InterceptTheory;
import org.eveproof.quantum.decoy.PhysicsRandom;

/**
 * What intercept-resend came to.
 *
 * @param seed of the first run; the next one has the next seed
 * @param runs one for each fraction
 * @param counts blocks that were counted by exhaustion
 */
record InterceptReport(long seed, List<Run> runs, List<InterceptCounts> counts) {
  /** How seldom Eve may pass the tests whose sizes are shown. */
  private static final double PASSES = 1e-10;

  /** A fraction that was tried. */
  record Run(InterceptExperiment experiment, InterceptExperiment.Result result) {
    double errorRate() {
      return InterceptTheory.errorRate(experiment.fraction(), experiment.honest());
    }
  }

  boolean agrees() {
    return runs.stream().allMatch(run -> run.result().agrees())
        && counts.stream().allMatch(InterceptReport::exact);
  }

  /** Errors 1/4 and knowledge 1/2 of the sifted half; unseen with (3/4)^n and (7/8)^n. */
  private static boolean exact(InterceptCounts count) {
    int n = count.pulses();
    return 8 * count.errors() == n * count.choices()
        && 4 * count.known() == n * count.choices()
        && power(2, n) * count.allSifted() == count.choices()
        && power(4, n) * count.siftedUnseen() == power(3, n) * count.allSifted()
        && power(8, n) * count.unseen() == power(7, n) * count.choices();
  }

  private static long power(long base, int exponent) {
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
  }

  String text() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      InterceptExperiment experiment = run.experiment();
      lines.add(
          MeasurementLines.line(
              "Eve measures a share of %s of %,d single photons; %s errors without her; seed %d,"
                  + " %s",
              experiment.fraction(),
              experiment.rounds(),
              experiment.honest(),
              seed + i,
              PhysicsRandom.NAME));
      lines.add(MeasurementLines.HEAD);
      run.result().all().forEach(each -> lines.add(MeasurementLines.row(each)));
      lines.add(
          MeasurementLines.line(
              "bounds: chance alone breaks one of them with at most %s", experiment.falseAlarm()));
      lines.add(needed(run));
      lines.add("");
    }
    lines.add("by exhaustion, every pulse measured, no noise: shares of equally likely choices");
    lines.add(
        MeasurementLines.line(
            "%7s %9s %11s %13s %13s %22s %22s",
            "pulses",
            "choices",
            "all sifted",
            "errors",
            "known",
            "unseen if all sifted",
            "unseen"));
    for (InterceptCounts count : counts) {
      lines.add(
          MeasurementLines.line(
              "%7d %,9d %,11d %,13d %,13d %22s %22s  %s",
              count.pulses(),
              count.choices(),
              count.allSifted(),
              count.errors(),
              count.known(),
              MeasurementLines.line("%,d = (3/4)^%d", count.siftedUnseen(), count.pulses()),
              MeasurementLines.line("%,d = (7/8)^%d", count.unseen(), count.pulses()),
              exact(count) ? "exact" : "REFUTED"));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String needed(Run run) {
    double rate = run.errorRate();
    double tolerated = run.experiment().tolerated();
    if (rate <= 0) {
      return "nothing to find";
    }
    String single =
        MeasurementLines.line(
            "for Eve to pass with at most %s: %,d bits if no error is tolerated",
            PASSES, InterceptTheory.bitsWithoutError(rate, PASSES));
    return rate <= tolerated
        ? single + MeasurementLines.line("; a test that tolerates %s does not see her", tolerated)
        : single
            + MeasurementLines.line(
                "; tolerating %s, %,d (Chernoff %,d, Hoeffding %,d)",
                tolerated,
                InterceptTheory.bitsExactly(rate, tolerated, PASSES),
                InterceptTheory.bitsByChernoff(rate, tolerated, PASSES),
                InterceptTheory.bitsByHoeffding(rate, tolerated, PASSES));
  }

  Map<String, Object> document() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("agrees", agrees());
    root.put("generator", PhysicsRandom.NAME);
    List<Map<String, Object>> shown = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      shown.add(document(runs.get(i), seed + i));
    }
    root.put("runs", shown);
    root.put("exhaustion", counts.stream().map(InterceptReport::document).toList());
    return root;
  }

  private static Map<String, Object> document(Run run, long seed) {
    InterceptExperiment experiment = run.experiment();
    double rate = run.errorRate();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("fraction", experiment.fraction());
    shown.put("noise", experiment.honest());
    shown.put("rounds", experiment.rounds());
    shown.put("tolerated", experiment.tolerated());
    shown.put("seed", seed);
    shown.put("errorRate", MeasurementLines.document(run.result().errorRate()));
    shown.put("known", MeasurementLines.document(run.result().known()));
    shown.put("withoutError", run.result().escapes().stream().map(InterceptReport::power).toList());
    shown.put(
        "withinTolerated", run.result().passes().stream().map(InterceptReport::power).toList());
    Map<String, Object> needed = new LinkedHashMap<>();
    needed.put("passesAtMost", PASSES);
    if (rate > 0) {
      needed.put("withoutError", InterceptTheory.bitsWithoutError(rate, PASSES));
    }
    if (rate > experiment.tolerated()) {
      double tolerated = experiment.tolerated();
      needed.put("exact", InterceptTheory.bitsExactly(rate, tolerated, PASSES));
      needed.put("chernoff", InterceptTheory.bitsByChernoff(rate, tolerated, PASSES));
      needed.put("hoeffding", InterceptTheory.bitsByHoeffding(rate, tolerated, PASSES));
    }
    shown.put("bitsNeeded", needed);
    return shown;
  }

  private static Map<String, Object> power(Power power) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("bits", power.bits());
    shown.put("passes", MeasurementLines.document(power.passes()));
    return shown;
  }

  private static Map<String, Object> document(InterceptCounts count) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("pulses", count.pulses());
    shown.put("choices", count.choices());
    shown.put("allSifted", count.allSifted());
    shown.put("siftedUnseen", count.siftedUnseen());
    shown.put("unseen", count.unseen());
    shown.put("errors", count.errors());
    shown.put("known", count.known());
    shown.put("exact", exact(count));
    return shown;
  }
}
