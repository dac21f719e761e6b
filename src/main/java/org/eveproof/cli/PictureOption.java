package org.eveproof.cli;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import picocli.CommandLine.Option;

/** The option that asks for a picture. Use as a picocli mixin. */
final class PictureOption {
  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draw what was found into FILE.png; replaces what is there.")
  private @Nullable Path plot;

  /** Whether a picture is asked for. */
  boolean asked() {
    return plot != null;
  }

  /**
   * Checks the place before the work is done.
   *
   * @throws BadInput if a picture is asked for and cannot be put there
   */
  void check() {
    Path file = plot;
    if (file == null) {
      return;
    }
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new BadInput("--plot " + file + ": pictures are PNG; name a file that ends in .png");
    }
    Path directory = Stream.ofNullable(file.toAbsolutePath().getParent()).findFirst().orElse(file);
    if (!Files.isDirectory(directory)) {
      throw new BadInput("--plot " + file + ": there is no directory " + directory);
    }
    if (Files.isDirectory(file)) {
      throw new BadInput("--plot " + file + " is a directory; name a file in it");
    }
  }

  /**
   * Draws charts below each other, if a picture is asked for.
   *
   * @throws IOException if this Java cannot draw, or the file cannot be written
   */
  void draw(List<XYChart> charts) throws IOException {
    if (plot != null) {
      PublicFile.replace(plot, png(charts));
    }
  }

  /** Returns charts below each other as PNG. */
  static byte[] png(List<XYChart> charts) throws IOException {
    System.setProperty("java.awt.headless", "true");
    try {
      List<BufferedImage> images = charts.stream().map(BitmapEncoder::getBufferedImage).toList();
      BufferedImage whole =
          new BufferedImage(
              images.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow(),
              images.stream().mapToInt(BufferedImage::getHeight).sum(),
              BufferedImage.TYPE_INT_RGB);
      Graphics2D canvas = whole.createGraphics();
      int top = 0;
      for (BufferedImage image : images) {
        canvas.drawImage(image, 0, top, null);
        top += image.getHeight();
      }
      canvas.dispose();
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(whole, "png", png);
      return png.toByteArray();
    } catch (LinkageError | InternalError problem) {
      throw new IOException(
          "this Java cannot draw (" + problem.getMessage() + "); install fontconfig and a font",
          problem);
    }
  }
}
