package org.eveproof.cli;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.eveproof.adversary.detection.DecoyExperiment;
import org.eveproof.adversary.detection.DecoyExperiment.Row;
import org.eveproof.adversary.detection.DecoyExperiment.Worth;
import org.eveproof.adversary.detection.Measurement;
import org.eveproof.quantum.Basis;
import org.eveproof.quantum.PhotonNumber.Poisson;
import org.eveproof.quantum.decoy.LineEve;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws gains and error rates beside theory, and what an attack leaves of the key. */
final class DecoyPlot {
  private static final int STEPS = 20;

  private DecoyPlot() {}

  static List<XYChart> charts(DecoyReport report) {
    List<XYChart> charts = new ArrayList<>();
    charts.add(
        rates(report, "Gains of pulses in the key's basis", "share that is detected", Row::gain));
    charts.add(
        rates(report, "Error rates in the key's basis", "share that is wrong", Row::errorRate));
    if (!(report.experiment().eve() instanceof LineEve.Nobody)) {
      charts.add(key(report));
    }
    return charts;
  }

  private static XYChart rates(
      DecoyReport report, String title, String up, Function<Row, Measurement> shown) {
    XYChart chart = InterceptPlot.chart(title, "photons in a pulse, mean");
    chart.setYAxisTitle(up);
    chart.getStyler().setYAxisLogarithmic(true);
    DecoyExperiment run = report.experiment();
    List<Row> rows = key(report.result().rows());
    List<Double> means =
        rows.stream()
            .map(row -> run.link().source().levels().get(row.level()).light())
            .map(light -> ((Poisson) light).mean())
            .toList();
    theory(
        chart,
        "model, nobody on the fibre",
        means,
        key(run.with(new LineEve.Nobody()).model()),
        shown,
        SeriesMarkers.CROSS);
    theory(chart, "model of this run", means, rows, shown, SeriesMarkers.SQUARE);
    List<Row> seen = rows.stream().filter(row -> shown.apply(row).hits() > 0).toList();
    InterceptPlot.marks(
        chart,
        "counted",
        seen.stream().map(row -> means.get(row.level())).toList(),
        seen.stream().map(shown).toList());
    return chart;
  }

  private static List<Row> key(List<Row> rows) {
    return rows.stream().filter(row -> row.basis() == Basis.X).toList();
  }

  private static void theory(
      XYChart chart,
      String name,
      List<Double> means,
      List<Row> rows,
      Function<Row, Measurement> shown,
      Marker mark) {
    List<Integer> drawn =
        IntStream.range(0, rows.size())
            .filter(i -> shown.apply(rows.get(i)).expected() > 0)
            .boxed()
            .toList();
    if (!drawn.isEmpty()) {
      XYSeries series =
          chart.addSeries(
              name,
              drawn.stream().map(means::get).toList(),
              drawn.stream().map(i -> shown.apply(rows.get(i)).expected()).toList());
      series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      series.setMarker(mark);
    }
  }

  /** What is left, over the share of the pulses that are attacked: by expected counts. */
  private static XYChart key(DecoyReport report) {
    DecoyExperiment run = report.experiment();
    XYChart chart = InterceptPlot.chart("What is left of the key", "share of pulses attacked");
    chart.setYAxisTitle("share of the sifted bits of the key's basis");
    double[] shares =
        IntStream.rangeClosed(0, STEPS).mapToDouble(i -> (double) i / STEPS).toArray();
    List<Worth> keys = new ArrayList<>();
    for (double share : shares) {
      keys.add(run.with(report.attack().eve().apply(run.link(), share)).expected());
    }
    Worth seen = report.result().key();
    line(
        chart,
        "not known to Eve",
        shares,
        keys,
        report.attack().fraction(),
        seen,
        Worth::unknownBits,
        Color.BLUE);
    line(
        chart,
        "secret by decoys, Lim et al. 2014",
        shares,
        keys,
        report.attack().fraction(),
        seen,
        Worth::secretBits,
        Color.GREEN.darker());
    line(
        chart,
        "secret by a formula for single photons",
        shares,
        keys,
        report.attack().fraction(),
        seen,
        Worth::trustingBits,
        Color.RED);
    return chart;
  }

  private static void line(
      XYChart chart,
      String name,
      double[] shares,
      List<Worth> keys,
      double share,
      Worth seen,
      ToDoubleFunction<Worth> bits,
      Color colour) {
    XYSeries curve =
        chart.addSeries(
            name,
            shares,
            keys.stream()
                .mapToDouble(key -> bits.applyAsDouble(key) / Math.max(1, key.siftedBits()))
                .toArray());
    curve.setMarker(SeriesMarkers.NONE);
    curve.setLineColor(colour);
    XYSeries mark =
        chart.addSeries(
            name + ", this run",
            new double[] {share},
            new double[] {bits.applyAsDouble(seen) / Math.max(1, seen.siftedBits())});
    mark.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    mark.setMarker(SeriesMarkers.CIRCLE);
    mark.setMarkerColor(curve.getLineColor());
    mark.setShowInLegend(false);
  }
}
