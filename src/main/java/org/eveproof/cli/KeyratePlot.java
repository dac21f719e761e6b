package org.eveproof.cli;

import java.awt.BasicStroke;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.eveproof.postprocessing.keyrate.Protocol;
import org.eveproof.postprocessing.keyrate.PublishedPoint;
import org.eveproof.postprocessing.keyrate.RatePoint;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws rate against distance: a line for each protocol, marks where something was published. */
final class KeyratePlot {
  /** How far beyond the curves a published point may lie and still be drawn. */
  private static final double BEYOND = 1.25;

  private KeyratePlot() {}

  /**
   * Returns the chart. The end of a published reach lies on the lower edge.
   *
   * @param report with a rate above zero
   */
  static XYChart chart(KeyrateReport report) {
    double floor = floor(report);
    XYChart chart =
        new XYChartBuilder()
            .width(1100)
            .height(700)
            .title("Secret key rate")
            .xAxisTitle("fibre, km")
            .yAxisTitle("secret bits for each pulse")
            .build();
    chart
        .getStyler()
        .setYAxisLogarithmic(true)
        .setYAxisMin(floor)
        .setXAxisMin(0.0)
        .setLegendPosition(LegendPosition.OutsideS);
    for (Protocol protocol : Protocol.values()) {
      List<RatePoint> line =
          report.points().stream()
              .filter(point -> point.protocol() == protocol && point.rate() > 0)
              .toList();
      if (!line.isEmpty()) {
        chart
            .addSeries(
                protocol.title(),
                line.stream().mapToDouble(RatePoint::kilometres).toArray(),
                line.stream().mapToDouble(RatePoint::rate).toArray())
            .setMarker(line.size() == 1 ? SeriesMarkers.SQUARE : SeriesMarkers.NONE);
      }
      draw(chart, report, protocol, floor);
    }
    return chart;
  }

  /** Returns what was published of a protocol, no farther away than the curves can be read. */
  private static List<PublishedPoint> marks(KeyrateReport report, Protocol protocol) {
    double farthest = report.points().stream().mapToDouble(RatePoint::kilometres).max().orElse(0);
    return report.published().stream()
        .map(KeyrateReport.Comparison::point)
        .filter(point -> point.protocol() == protocol && point.rate().isPresent())
        .filter(point -> point.kilometres().orElseThrow() <= BEYOND * farthest)
        .toList();
  }

  private static void draw(XYChart chart, KeyrateReport report, Protocol protocol, double floor) {
    List<PublishedPoint> marks = marks(report, protocol);
    if (!marks.isEmpty()) {
      String source = marks.get(0).source();
      XYSeries series =
          chart.addSeries(
              "published: " + source.substring(0, source.indexOf(')') + 1),
              marks.stream().mapToDouble(point -> point.kilometres().orElseThrow()).toArray(),
              marks.stream()
                  .mapToDouble(point -> Math.max(floor, point.rate().orElseThrow()))
                  .toArray());
      series.setMarker(SeriesMarkers.DIAMOND);
      series.setLineStyle(new BasicStroke(0));
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    }
  }

  /** Returns the power of ten below all rates. */
  private static double floor(KeyrateReport report) {
    double least =
        DoubleStream.concat(
                report.points().stream().mapToDouble(RatePoint::rate),
                Arrays.stream(Protocol.values())
                    .flatMap(protocol -> marks(report, protocol).stream())
                    .mapToDouble(point -> point.rate().orElseThrow()))
            .filter(rate -> rate > 0)
            .min()
            .orElseThrow();
    return Math.pow(10, Math.floor(Math.log10(least)));
  }
}
