package org.eveproof.cli;

import java.awt.BasicStroke;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import org.eveproof.postprocessing.keyrate.Protocol;
import org.eveproof.postprocessing.keyrate.PublishedPoint;
import org.eveproof.postprocessing.keyrate.RatePoint;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws rate against distance: a line for each protocol, marks where something was published. */
final class KeyratePlot {
  private KeyratePlot() {}

  /**
   * Returns the picture as PNG. The end of a published reach lies on the lower edge.
   *
   * @param report with a rate above zero
   * @throws IOException if this Java cannot draw
   */
  static byte[] png(KeyrateReport report) throws IOException {
    System.setProperty("java.awt.headless", "true");
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(BitmapEncoder.getBufferedImage(chart(report)), "png", png);
      return png.toByteArray();
    } catch (LinkageError | InternalError problem) {
      throw new IOException(
          "this Java cannot draw (" + problem.getMessage() + "); install fontconfig and a font",
          problem);
    }
  }

  /** Returns the chart, from which the picture is drawn. */
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
      marks(chart, report, protocol, floor);
    }
    return chart;
  }

  private static void marks(XYChart chart, KeyrateReport report, Protocol protocol, double floor) {
    List<PublishedPoint> marks =
        report.published().stream()
            .map(KeyrateReport.Comparison::point)
            .filter(point -> point.protocol() == protocol && point.rate().isPresent())
            .toList();
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
                report.published().stream()
                    .mapToDouble(comparison -> comparison.point().rate().orElse(0)))
            .filter(rate -> rate > 0)
            .min()
            .orElseThrow();
    return Math.pow(10, Math.floor(Math.log10(least)));
  }
}
