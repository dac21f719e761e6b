package org.eveproof.cli;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.eveproof.adversary.detection.InterceptExperiment.Power;
import org.eveproof.adversary.detection.InterceptTheory;
import org.eveproof.adversary.detection.Measurement;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws error rate against the measured fraction, and how often Eve escapes, beside theory. */
final class InterceptPlot {
  private static final int STEPS = 100;

  /** The lower edge of the picture of escapes. */
  private static final double LEAST = 1e-6;

  private InterceptPlot() {}

  static List<XYChart> charts(InterceptReport report) {
    return List.of(errorRates(report), escapes(report));
  }

  private static XYChart errorRates(InterceptReport report) {
    double honest = report.runs().get(0).experiment().honest();
    XYChart chart =
        chart("Intercept-resend: what Eve causes, and what she knows", "share of pulses measured");
    chart.setYAxisTitle("share of sifted bits");
    line(chart, "errors, theory", 0, 1, p -> InterceptTheory.errorRate(p, honest));
    line(chart, "known to Eve, theory", 0, 1, InterceptTheory::known);
    List<Double> fractions =
        report.runs().stream().map(run -> run.experiment().fraction()).toList();
    marks(
        chart,
        "errors, counted",
        fractions,
        report.runs().stream().map(run -> run.result().errorRate()).toList());
    marks(
        chart,
        "known to Eve, counted",
        fractions,
        report.runs().stream().map(run -> run.result().known()).toList());
    return chart;
  }

  private static XYChart escapes(InterceptReport report) {
    XYChart chart = chart("How often k bits show no error", "bits tested, k");
    chart.setYAxisTitle("share of the tests");
    chart.getStyler().setYAxisLogarithmic(true).setYAxisMin(LEAST).setYAxisMax(1.0);
    for (InterceptReport.Run run : report.runs()) {
      double rate = run.errorRate();
      String name = "share " + run.experiment().fraction();
      line(
          chart,
          name + ", theory",
          1,
          Math.min(100, InterceptTheory.bitsWithoutError(Math.max(1e-9, rate), LEAST)),
          k -> Math.pow(1 - rate, k));
      List<Power> seen =
          run.result().escapes().stream().filter(power -> power.passes().hits() > 0).toList();
      marks(
          chart,
          name + ", counted",
          seen.stream().map(power -> (double) power.bits()).toList(),
          seen.stream().map(Power::passes).toList());
    }
    return chart;
  }

  static XYChart chart(String title, String across) {
    XYChart chart =
        new XYChartBuilder().width(1100).height(550).title(title).xAxisTitle(across).build();
    chart.getStyler().setXAxisMin(0.0).setLegendPosition(LegendPosition.OutsideE);
    return chart;
  }

  static void line(
      XYChart chart, String name, double from, double to, DoubleUnaryOperator function) {
    double[] xs =
        IntStream.rangeClosed(0, STEPS).mapToDouble(i -> from + (to - from) * i / STEPS).toArray();
    double[] ys =
        IntStream.rangeClosed(0, STEPS).mapToDouble(i -> function.applyAsDouble(xs[i])).toArray();
    chart.addSeries(name, xs, ys).setMarker(SeriesMarkers.NONE);
  }

  /** Marks with bars as wide as the 95 % interval. */
  static void marks(XYChart chart, String name, List<Double> xs, List<Measurement> seen) {
    if (seen.isEmpty()) {
      return;
    }
    List<Double> bars = new ArrayList<>();
    for (Measurement each : seen) {
      bars.add((each.interval().high() - each.interval().low()) / 2);
    }
    XYSeries series =
        chart.addSeries(name, xs, seen.stream().map(Measurement::share).toList(), bars);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setLineStyle(new BasicStroke(1));
  }
}
