package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.keyrate.KeyRates;
import org.eveproof.postprocessing.keyrate.Protocol;
import org.eveproof.postprocessing.keyrate.RatePoint;
import org.eveproof.postprocessing.keyrate.RateQuestion;
import org.eveproof.postprocessing.keyrate.SecrecyTarget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what key rate a link may have at which distance. */
@Command(
    name = "keyrate",
    mixinStandardHelpOptions = true,
    description =
        "Computes secret key rates over distance by the length formulas that stand behind finite"
            + " blocks, with the intensities, probabilities and bases that are best at each"
            + " distance, and shows published numbers beside what this code makes of their"
            + " conditions.",
    footer = {
      "",
      "The link is a model in closed form; its counts are expected ones. The length of a",
      "key is fixed beforehand: the limits of acceptance are those that the expected",
      "counts just meet, without margin for chance, as the papers compute. With single",
      "photons the error limit has such a margin, and the rate counts honest aborts."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:there is a key at one of the distances at least",
      "1:there is none",
      "2:the call is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
final class KeyrateCommand implements Callable<Integer> {
  private static final int MOST_DISTANCES = 1000;
  private static final double FARTHEST = 1000;
  private static final int LARGEST_BLOCK = 2_000_000_000;

  @Option(
      names = "--distance",
      paramLabel = "KM",
      description = "One length of fibre in km; excludes --max-distance and --step.")
  private @Nullable Double distance;

  @Option(
      names = "--max-distance",
      paramLabel = "KM",
      description = "Go from 0 to here. Default: 150.")
  private @Nullable Double farthest;

  @Option(names = "--step", paramLabel = "KM", description = "In steps of so many km. Default: 10.")
  private @Nullable Double step;

  @Option(
      names = "--block",
      defaultValue = "1e7",
      paramLabel = "BITS",
      description =
          "Sifted bits in the key's basis that make one key, 1000 to 2e9; 1e7 is understood."
              + " Default: ${DEFAULT-VALUE}.")
  private BigDecimal block = BigDecimal.ZERO;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description =
          "One of ${COMPLETION-CANDIDATES}, in small letters if you like; may be repeated. Default:"
              + " all.")
  private List<Protocol> protocols = List.of();

  @Option(
      names = "--tags",
      defaultValue = "16",
      paramLabel = "N",
      description =
          "Authenticated messages of a round: each consumes 128 bits of key, and the two hash keys"
              + " 256 more. Default: ${DEFAULT-VALUE}.")
  private int tags;

  @Option(
      names = "--no-published",
      description =
          "Leave the published numbers out, and the seconds that it takes to compute them.")
  private boolean withoutPublished;

  @Mixin private SecrecyOptions secrecy = new SecrecyOptions();
  @Mixin private FibreOptions fibre = new FibreOptions();

  @Mixin private PictureOption picture = new PictureOption();

  @Mixin private PkiOutput output = new PkiOutput();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    List<Double> distances = distances();
    RateQuestion question = question();
    picture.check();
    List<Protocol> chosen =
        protocols.isEmpty() ? List.of(Protocol.values()) : protocols.stream().distinct().toList();
    if (chosen.equals(List.of(Protocol.GLLP))) {
      GivenOptions given = GivenOptions.of(command);
      for (String option : List.of("--block", "--tags", "--eps-sec", "--eps-cor")) {
        given.refuse(
            option, "says nothing of endless data; leave it out, or name another --protocol too");
      }
    }
    List<RatePoint> points =
        chosen.stream()
            .flatMap(
                protocol -> distances.stream().map(km -> KeyRates.best(protocol, question.at(km))))
            .toList();
    KeyrateReport report =
        KeyrateReport.of(question, withoutPublished ? List.of() : chosen, points);
    boolean key = points.stream().anyMatch(point -> point.rate() > 0);
    if (picture.asked() && key) {
      picture.draw(List.of(KeyratePlot.chart(report)));
    }
    output.print(command, report.text(), report.document());
    if (!key) {
      PrintWriter err = command.commandLine().getErr();
      err.println(
          "eveproof: no key at any of these distances"
              + (picture.asked() ? "; nothing drawn" : ""));
      err.flush();
    }
    return key ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }

  private RateQuestion question() {
    FibreOptions.require("--tags", tags, 0, 1_000_000);
    FibreOptions.require("--block", block.doubleValue(), 1000, LARGEST_BLOCK);
    if (block.remainder(BigDecimal.ONE).signum() != 0) {
      throw new BadInput("--block " + block + " must be a whole number of bits");
    }
    int bits = block.intValueExact();
    return new RateQuestion(
        fibre.link(),
        0,
        bits,
        secrecy.efficiency(),
        new SecrecyTarget(secrecy.secrecyEpsilon(), false),
        secrecy.correctnessEpsilon(),
        ErrorVerification.forEpsilon(bits, secrecy.correctnessEpsilon()).tagBits(),
        tags);
  }

  private List<Double> distances() {
    if (distance != null) {
      if (farthest != null || step != null) {
        throw new BadInput("--distance excludes --max-distance and --step; leave one of them out");
      }
      FibreOptions.require("--distance", distance, 0, FARTHEST);
      return List.of(distance);
    }
    double end = farthest == null ? 150 : farthest;
    double width = step == null ? 10 : step;
    FibreOptions.require("--max-distance", end, 0, FARTHEST);
    if (!(width > 0 && end / width < MOST_DISTANCES)) {
      throw new BadInput(
          String.format(
              Locale.ROOT,
              "--step %s must be above 0 and make fewer than %d distances up to %s km",
              width,
              MOST_DISTANCES,
              end));
    }
    List<Double> distances = new ArrayList<>();
    for (int i = 0; i * width <= end; i++) {
      distances.add(i * width);
    }
    return distances;
  }
}
