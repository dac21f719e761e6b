package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.eveproof.adversary.detection.InterceptCounts;
import org.eveproof.adversary.detection.InterceptExperiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code eveproof attack intercept}: Eve measures and resends. */
@Command(
    name = "intercept",
    mixinStandardHelpOptions = true,
    description = {
      "Eve measures a fraction of single photons in a random basis, and sends on what she saw."
          + " Holds the errors that this causes, what she knows, and how often a test of the bits"
          + " passes, against theory.",
      "Blocks of one to three pulses are counted by exhaustion besides: every course of the same"
          + " simulation, against what specs/Bb84Counting.tla proves of them."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every measurement lies within its bound",
      "1:at least one does not",
      "2:the call is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
final class AttackInterceptCommand implements Callable<Integer> {
  private static final double MOST_ROUNDS = 1e9;
  private static final int MOST_EXHAUSTED = 3;

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private CommonOptions options = new CommonOptions();
  @Mixin private PictureOption picture = new PictureOption();

  @Option(
      names = "--fraction",
      paramLabel = "P",
      split = ",",
      defaultValue = "1",
      description =
          "Share of the pulses that Eve measures, 0 to 1; several, with commas between, are tried"
              + " one after the other. Default: ${DEFAULT-VALUE}.")
  private List<Double> fractions = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1e6",
      description = "Pulses for each fraction, 1000 to 1e9. Default: ${DEFAULT-VALUE}.")
  private BigDecimal rounds = BigDecimal.ZERO;

  @Option(
      names = "--noise",
      paramLabel = "E",
      defaultValue = "0",
      description = "Error rate without Eve, 0 to 0.5. Default: ${DEFAULT-VALUE}.")
  private double noise;

  @Option(
      names = "--tolerated",
      paramLabel = "Q",
      defaultValue = "0.11",
      description = "Share of errors up to which a test passes. Default: ${DEFAULT-VALUE}.")
  private double tolerated;

  @Option(
      names = "--false-alarm",
      paramLabel = "A",
      defaultValue = "1e-9",
      description =
          "Probability at most that chance alone puts a measurement of a fraction outside its"
              + " bound, 1e-15 to 0.1. Default: ${DEFAULT-VALUE}.")
  private double falseAlarm;

  private final double missed;

  /** For the command line: theory is told what is tried. */
  AttackInterceptCommand() {
    this(0);
  }

  /**
   * For tests: theory is told of less.
   *
   * @param missed share of the fraction that it is not told of, 0 to 1
   */
  AttackInterceptCommand(double missed) {
    this.missed = missed;
  }

  @Override
  public Integer call() throws IOException {
    fractions.forEach(fraction -> FibreOptions.require("--fraction", fraction, 0, 1));
    FibreOptions.require("--rounds", rounds.doubleValue(), 1000, MOST_ROUNDS);
    FibreOptions.require("--noise", noise, 0, 0.5);
    FibreOptions.require("--tolerated", tolerated, 0.001, 0.5);
    FibreOptions.require("--false-alarm", falseAlarm, 1e-15, 0.1);
    picture.check();
    long seed = options.seed().orElse(1);
    List<InterceptReport.Run> runs = new ArrayList<>();
    for (int i = 0; i < fractions.size(); i++) {
      InterceptExperiment experiment =
          new InterceptExperiment(
              fractions.get(i), noise, tolerated, rounds.longValue(), falseAlarm);
      runs.add(
          new InterceptReport.Run(
              experiment, experiment.run(seed + i, fractions.get(i) * (1 - missed))));
    }
    List<InterceptCounts> counts = new ArrayList<>();
    for (int pulses = 1; pulses <= MOST_EXHAUSTED; pulses++) {
      counts.add(InterceptCounts.of(pulses));
    }
    InterceptReport report = new InterceptReport(seed, runs, counts);
    PrintWriter out = command.commandLine().getOut();
    out.println(
        options.json()
            ? JsonMapper.shared()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(report.document())
            : report.text());
    out.flush();
    if (picture.asked()) {
      picture.draw(InterceptPlot.charts(report));
    }
    return report.agrees() ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }
}
