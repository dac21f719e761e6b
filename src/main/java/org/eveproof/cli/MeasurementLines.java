package org.eveproof.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eveproof.adversary.detection.BinomialTail.Interval;
import org.eveproof.adversary.detection.Measurement;

/** Measurements beside theory, as people and programs read them. */
final class MeasurementLines {
  /** What the columns are. */
  static final String HEAD =
      line("%-38s %13s %13s  %-34s %11s", "", "counted", "of", "share [95 % interval]", "theory");

  private MeasurementLines() {}

  static String row(Measurement measurement) {
    Interval interval = measurement.interval();
    return line(
        "%-38s %,13d %,13d  %-34s %11.5g  %s",
        measurement.name(),
        measurement.hits(),
        measurement.trials(),
        measurement.trials() == 0
            ? "nothing to count"
            : line("%.5g [%.5g, %.5g]", measurement.share(), interval.low(), interval.high()),
        measurement.expected(),
        measurement.agrees() ? "agrees" : "REFUTED");
  }

  static Map<String, Object> document(Measurement measurement) {
    Map<String, Object> shown = new LinkedHashMap<>();
    Interval interval = measurement.interval();
    shown.put("name", measurement.name());
    shown.put("counted", measurement.hits());
    shown.put("of", measurement.trials());
    if (measurement.trials() > 0) {
      shown.put("share", measurement.share());
    }
    shown.put("low95", interval.low());
    shown.put("high95", interval.high());
    shown.put("theory", measurement.expected());
    shown.put("falseAlarm", measurement.falseAlarm());
    shown.put("agrees", measurement.agrees());
    return shown;
  }

  static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).stripTrailing();
  }
}
