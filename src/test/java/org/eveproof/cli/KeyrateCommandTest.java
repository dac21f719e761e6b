package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeyrateCommandTest {
  @TempDir private Path directory = Path.of("");

  private record Outcome(int exit, String out, String err) {}

  @Test
  void printsEveryProtocolAtEveryDistanceWithItsBudget() {
    Outcome outcome = run("--max-distance", "100", "--step", "50", "--json");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    JsonNode document = JsonMapper.shared().readTree(outcome.out());
    assertThat(document.get("points")).hasSize(12);
    for (JsonNode point : document.get("points")) {
      assertThat(point.get("bitsPerPulse").asDouble()).isPositive();
      if (point.get("protocol").asString().equals("gllp")) {
        continue;
      }
      JsonNode epsilon = point.get("epsilon");
      assertThat(epsilon.get("total").asDouble())
          .isEqualTo(
              epsilon.get("correctness").asDouble()
                  + epsilon.get("secrecy").asDouble()
                  + epsilon.get("authentication").asDouble()
                  + epsilon.get("verification").asDouble());
      assertThat(point.get("leakedBits").asLong())
          .isEqualTo(
              point.get("reconciliationBits").asLong() + point.get("verificationBits").asLong());
      assertThat(point.get("netSecretBits").asLong())
          .isEqualTo(point.get("secretBits").asLong() - 18 * 128);
    }
    assertThat(document.get("published")).hasSize(11);
  }

  /** Single photons: the length follows by the formula from what is printed. */
  @Test
  void thePrintedLengthFollowsFromThePrintedParameters() {
    JsonNode point =
        JsonMapper.shared()
            .readTree(
                run("--distance", "25", "--protocol", "tomamichel2012", "--no-published", "--json")
                    .out())
            .get("points")
            .get(0);
    JsonNode parameters = point.get("parameters");
    assertThat(
            FiniteKeyRule.of(parameters.get("errorLimit").asDouble(), 1e-10, 1e-15)
                .secretBits(
                    10_000_000,
                    parameters.get("sampled").asInt(),
                    point.get("leakedBits").asLong()))
        .isEqualTo(point.get("secretBits").asInt());
  }

  @Test
  void showsPublishedNumbersBesideComputedOnes() {
    Outcome outcome = run("--distance", "0", "--protocol", "GLLP");
    assertThat(outcome.out())
        .containsPattern("142\\.\\d, here 142\\.0 \\([+-]0\\.0 %\\)")
        .contains("Ma, Qi, Zhao and Lo, Phys. Rev. A 72")
        .doesNotContain("Lim et al.");
  }

  @Test
  void theSameCallPrintsTheSame() {
    String[] call = {
      "--distance", "60", "--protocol", "rusca2018", "--protocol", "lim2014", "--no-published"
    };
    assertThat(run(call)).isEqualTo(run(call));
  }

  @Test
  void moreNoiseAndSmallerBlocksGiveLess() {
    double plain = rate();
    assertThat(plain).isPositive();
    assertThat(rate("--misalignment", "0.02")).isLessThan(plain);
    assertThat(rate("--dark-counts", "1e-5")).isLessThan(plain);
    assertThat(rate("--loss", "0.3")).isLessThan(plain);
    assertThat(rate("--block", "1e6")).isLessThan(plain);
    assertThat(rate("--eps-sec", "1e-20")).isLessThan(plain);
    assertThat(rate("--ec-efficiency", "1.3")).isLessThan(plain);
    assertThat(rate("--detector-efficiency", "0.2")).isGreaterThan(plain);
    assertThat(rate("--afterpulses", "0")).isGreaterThan(plain);
  }

  @Test
  void saysByItsExitCodeThatThereIsNoKeyAnywhere() {
    Path file = directory.resolve("none.png");
    Outcome outcome =
        run(
            "--distance",
            "400",
            "--protocol",
            "lim2014",
            "--no-published",
            "--plot",
            file.toString());
    assertThat(outcome.exit()).isEqualTo(ExitCodes.VIOLATED);
    assertThat(outcome.out()).contains("no key");
    assertThat(outcome.err()).hasLineCount(1);
    assertThat(file).doesNotExist();
  }

  /** A line in the colour of each curve, and marks in another. */
  @Test
  void drawsCurvesAndPublishedPoints() throws IOException {
    Path file = directory.resolve("rate.png");
    Files.writeString(file, "old");
    Outcome outcome =
        run(
            "--max-distance",
            "120",
            "--step",
            "60",
            "--protocol",
            "lim2014",
            "--protocol",
            "gllp",
            "--plot",
            file.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1100);
    int[] pixels = image.getRGB(0, 0, 1100, 700, null, 0, 1100);
    Map<Integer, Long> colours =
        Arrays.stream(pixels)
            .filter(KeyrateCommandTest::isVivid)
            .boxed()
            .collect(Collectors.groupingBy(c -> c, Collectors.counting()));
    assertThat(colours.values().stream().filter(count -> count > 60))
        .hasSizeGreaterThanOrEqualTo(4);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  private static boolean isVivid(int colour) {
    int red = colour >> 16 & 255;
    int green = colour >> 8 & 255;
    int blue = colour & 255;
    return Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > 60;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--distance -1",
        "--distance NaN",
        "--distance ten",
        "--distance 10 --step 5",
        "--max-distance 2000",
        "--step 0",
        "--step 0.001",
        "--block 10",
        "--block 1e12",
        "--block 1000.5",
        "--block 1e999999999",
        "--protocol bb84",
        "--loss -0.2",
        "--detector-efficiency 0",
        "--dark-counts 0.7",
        "--afterpulses 2",
        "--misalignment 0.6",
        "--ec-efficiency 0.9",
        "--eps-sec 0",
        "--eps-cor 1",
        "--tags -1",
        "--plot rate.svg",
        "--plot /no/such/directory/rate.png",
        "surplus"
      })
  void refusesAWrongCallInOneLine(String call) {
    Outcome outcome = run(call.split(" "));
    assertThat(outcome.exit()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("eveproof: ").hasLineCount(1);
  }

  private double rate(String... more) {
    List<String> call =
        new ArrayList<>(
            List.of("--distance", "50", "--protocol", "lim2014", "--no-published", "--json"));
    call.addAll(List.of(more));
    return JsonMapper.shared()
        .readTree(run(call.toArray(String[]::new)).out())
        .get("points")
        .get(0)
        .get("bitsPerPulse")
        .asDouble();
  }

  private static Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Eveproof.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] call = new String[arguments.length + 1];
    call[0] = "keyrate";
    System.arraycopy(arguments, 0, call, 1, arguments.length);
    int exit = line.execute(call);
    return new Outcome(exit, out.toString(), err.toString());
  }
}
